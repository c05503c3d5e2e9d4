import { mailDomain } from "./real-relay.js";

export interface SendmailConfigOptions {
  readonly port: number;
  readonly users: readonly string[];
  readonly maxMessageBytes: number;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * An instance's files, by path below the folder that it takes for the whole machine. Source: doc/op/op.me of Sendmail 8.17.
 * Written by hand instead of with Sendmail's m4 macros: all that it does is to take mail for the users here.
 */
export function sendmailConfig(options: SendmailConfigOptions): Record<string, string> {
  const settings = {
    QueueDirectory: "/queue",
    DefaultUser: "nobody",
    DaemonPortOptions: `Port=${options.port},Addr=127.0.0.1,Name=MTA`,
    DeliveryMode: "background",
    EightBitMode: "pass8",
    MaxMessageSize: `${options.maxMessageBytes}`,
    PidFile: "/sendmail.pid",
    "Timeout.ident": "0",
    ServiceSwitchFile: "/etc/mail/service.switch",
    OperatorChars: ".:%@!^/[]+",
    // A busy machine is no reason to take less.
    QueueLA: "1000",
    RefuseLA: "1000",
    ...options.settings,
  };
  // The left side of a rule ends with tabs.
  return {
    "etc/mail/sendmail.cf": `V10/Berkeley
Djmail.${mailDomain}
DnMAILER-DAEMON
Troot
${Object.entries(settings)
  .map(([name, value]) => `O ${name}=${value}\n`)
  .join("")}
HReceived: from $s by $j with $r id $i; $b

Scanonify=3
R$@\t\t$@ <@>
R<>\t\t$@ <@>
R$* < $* > $*\t\t$: $2

Sparse=0
R<@>\t\t$#local $: nobody
R$+ @ ${mailDomain}\t\t$#local $: $1
R$*\t\t$#local $: nobody

Scheck_rcpt
R$*\t\t$: $>canonify $1
${options.users.map((user) => `R${user} @ ${mailDomain}\t\t$@ OK\n`).join("")}
R$+ @ ${mailDomain}\t\t$#error $@ 5.1.1 $: "550 5.1.1 No such user here"
R$*\t\t$#error $@ 5.7.1 $: "550 5.7.1 Relaying denied"

Sfinal=4
R<@>\t\t$@

Mlocal, P=/deliver, F=lnsDFMuqA8, S=0, R=0, T=DNS/RFC822/X-Unix, A=deliver $u $i
Mprog, P=/bin/sh, F=lsD, A=sh -c $u
`,
    "etc/mail/service.switch": "hosts files\naliases files\n",
    // Mail for nobody (bounces) is taken and thrown away.
    deliver: `#!/bin/sh
test "$1" != nobody || exec cat > /dev/null
cat > "/mail/$1/tmp/$2" && mv "/mail/$1/tmp/$2" "/mail/$1/new/$2"
`,
  };
}
