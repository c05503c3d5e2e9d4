import { mailDomain } from "./real-relay.js";

export interface OpenSmtpdConfigOptions {
  readonly port: number;
  readonly users: readonly string[];
  readonly maxMessageBytes: number;
  /** Its limits, by their names, such as `max-mails`: the messages that it takes over one connection. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * An instance's files, by path below the folder that it takes for the whole machine. Source: smtpd.conf(5) of OpenSMTPD 6.8.
 * Nothing leaves the machine: what is not for a mailbox here is refused.
 */
export function openSmtpdConfig({
  port,
  users,
  maxMessageBytes,
  settings,
}: OpenSmtpdConfigOptions): Record<string, string> {
  const addresses = users.map((user) => `"${user}@${mailDomain}"`);
  return {
    "etc/smtpd.conf": `smtp max-message-size "${maxMessageBytes}"
${Object.entries({ "max-mails": "10000", ...settings })
  .map(([name, value]) => `smtp limit ${name} ${value}\n`)
  .join("")}listen on 127.0.0.1 port ${port} hostname mail.${mailDomain}
table addresses { ${addresses.join(", ")} }
table owners { ${addresses.map((address) => `${address} = "mail"`).join(", ")} }
action deliver maildir "/mail/%{dest.user}" virtual <owners>
match from any for rcpt-to <addresses> action deliver
`,
    "etc/mailname": `mail.${mailDomain}\n`,
  };
}
