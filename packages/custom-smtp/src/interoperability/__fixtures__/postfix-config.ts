import { mailDomain } from "./real-relay.js";

export interface PostfixConfigOptions {
  readonly folder: string;
  readonly submissionPort: number;
  readonly implicitTlsPort: number;
  readonly plainPort: number;
  /** The Unix socket on which Dovecot checks logins. */
  readonly loginSocket: string;
  /** Numeric user and group that own the mailboxes. */
  readonly mailOwner: number;
  readonly users: readonly string[];
  readonly maxMessageBytes: number;
  readonly smtputf8: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * An instance's files, by path below its folder. Source: postconf(5) and master(5) of Postfix 3.7.
 * Nothing leaves the machine: other domains are refused at RCPT, and what is not for a mailbox here is discarded.
 */
export function postfixConfig(options: PostfixConfigOptions): Record<string, string> {
  const { folder } = options;
  const main = {
    compatibility_level: "3.6",
    queue_directory: `${folder}/queue`,
    data_directory: `${folder}/data`,
    maillog_file: `${folder}/postfix.log`,
    maillog_file_prefixes: folder,
    inet_interfaces: "127.0.0.1",
    inet_protocols: "ipv4",
    myhostname: `mail.${mailDomain}`,
    mydestination: "",
    mynetworks: "127.0.0.0/8",
    alias_maps: "",
    default_transport: "discard:",
    virtual_mailbox_domains: mailDomain,
    virtual_mailbox_base: `${folder}/mail`,
    virtual_mailbox_maps: `texthash:${folder}/config/mailboxes`,
    virtual_minimum_uid: `${options.mailOwner}`,
    virtual_uid_maps: `static:${options.mailOwner}`,
    virtual_gid_maps: `static:${options.mailOwner}`,
    message_size_limit: `${options.maxMessageBytes}`,
    virtual_mailbox_limit: "0",
    // Takes an address beyond ASCII only from a client that says SMTPUTF8.
    strict_smtputf8: "yes",
    smtputf8_enable: options.smtputf8 ? "yes" : "no",
    smtpd_relay_restrictions: "reject_unauth_destination",
    smtpd_tls_cert_file: `${folder}/certificate.pem`,
    smtpd_tls_key_file: `${folder}/private-key.pem`,
    smtpd_tls_auth_only: "yes",
    smtpd_sasl_type: "dovecot",
    smtpd_sasl_path: options.loginSocket,
    // Tests make many errors on purpose; a pause after each would only make them slow.
    smtpd_error_sleep_time: "0",
    // As strict as it can be.
    smtpd_forbid_unauth_pipelining: "yes",
    smtpd_forbid_bare_newline: "yes",
    smtpd_forbid_bare_newline_exclusions: "",
    ...options.settings,
  };
  const authenticated = [
    "-o smtpd_sasl_auth_enable=yes",
    "-o smtpd_client_restrictions=permit_sasl_authenticated,reject",
  ];
  const at = (port: number) => `127.0.0.1:${port} inet n - n - - smtpd`;
  const master = [
    [at(options.submissionPort), "-o smtpd_tls_security_level=encrypt", ...authenticated],
    [at(options.implicitTlsPort), "-o smtpd_tls_wrappermode=yes", ...authenticated],
    [at(options.plainPort), "-o smtpd_tls_security_level=none"],
    ["pickup unix n - n 60 1 pickup"],
    ["cleanup unix n - n - 0 cleanup"],
    ["qmgr unix n - n 300 1 qmgr"],
    ["tlsmgr unix - - n 1000? 1 tlsmgr"],
    ["rewrite unix - - n - - trivial-rewrite"],
    ["bounce unix - - n - 0 bounce"],
    ["defer unix - - n - 0 bounce"],
    ["trace unix - - n - 0 bounce"],
    ["proxymap unix - - n - - proxymap"],
    ["showq unix n - n - - showq"],
    ["error unix - - n - - error"],
    ["retry unix - - n - - error"],
    ["discard unix - - n - - discard"],
    ["virtual unix - n n - - virtual"],
    ["anvil unix - - n - 1 anvil"],
    ["postlog unix-dgram n - n - 1 postlogd"],
  ];

  return {
    "config/main.cf": Object.entries(main)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(""),
    "config/master.cf": master.map((service) => `${service.join("\n  ")}\n`).join(""),
    "config/mailboxes": options.users.map((user) => `${user}@${mailDomain} ${user}/\n`).join(""),
  };
}
