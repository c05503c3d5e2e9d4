import { mailDomain } from "./real-relay.js";

export interface EximConfigOptions {
  readonly submissionPort: number;
  readonly implicitTlsPort: number;
  readonly plainPort: number;
  readonly username: string;
  readonly password: string;
  readonly mechanisms: readonly ("PLAIN" | "LOGIN")[];
  readonly users: readonly string[];
  readonly maxMessageBytes: number;
  readonly smtputf8: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

const isUser = (name: string, password: string, { username, ...options }: EximConfigOptions) =>
  `\${if and {{eq{${name}}{${username}}}{eq{${password}}{${options.password}}}}}`;

/**
 * An instance's files, by path below the folder that it takes for the whole machine. Source: spec.txt of Exim 4.96.
 * It is as strict about synchronisation as Exim is by itself. Nothing leaves the machine: other domains are refused, and
 * what is not for a mailbox here (bounces) is discarded.
 */
export function eximConfig(options: EximConfigOptions): Record<string, string> {
  const { submissionPort, implicitTlsPort, plainPort } = options;
  const notPlain = `\${if !eq{$received_port}{${plainPort}}{*}}`;
  const main = {
    primary_hostname: `mail.${mailDomain}`,
    daemon_smtp_ports: `${submissionPort} : ${implicitTlsPort} : ${plainPort}`,
    tls_on_connect_ports: `${implicitTlsPort}`,
    local_interfaces: "127.0.0.1",
    spool_directory: "/spool",
    log_file_path: "/log/%slog",
    log_selector: "+smtp_connection +smtp_protocol_error +smtp_syntax_error +smtp_incomplete_transaction",
    never_users: "root",
    deliver_drop_privilege: "true",
    smtp_enforce_sync: "true",
    // By itself, Exim delivers no more than ten messages of a connection at once and leaves the rest to the next queue run.
    smtp_accept_queue_per_connection: "0",
    host_lookup: "",
    rfc1413_query_timeout: "0s",
    keep_environment: "",
    message_size_limit: `${options.maxMessageBytes}`,
    smtputf8_advertise_hosts: options.smtputf8 ? "*" : "",
    tls_advertise_hosts: notPlain,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Exim's own syntax.
    auth_advertise_hosts: "${if def:tls_in_cipher{*}}",
    tls_certificate: "/etc/certificate.pem",
    tls_privatekey: "/etc/private-key.pem",
    acl_smtp_mail: "check_sender",
    acl_smtp_rcpt: "check_recipient",
    acl_smtp_data: "accept",
    ...options.settings,
  };
  const authenticators = {
    PLAIN: `
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${isUser("$auth2", "$auth3", options)}
  server_set_id = $auth2
`,
    LOGIN: `
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${isUser("$auth1", "$auth2", options)}
  server_set_id = $auth1
`,
  };
  return {
    "etc/exim4/exim4.conf": `
${Object.entries(main)
  .map(([name, value]) => `${name} = ${value}\n`)
  .join("")}
begin acl
check_sender:
  accept condition = \${if eq{$received_port}{${plainPort}}}
  accept authenticated = *
  deny message = Authentication required
check_recipient:
  deny message = relay not permitted
       domains = ! ${mailDomain}
  deny message = Unknown user
       local_parts = ! lsearch;/etc/mailboxes
  accept

begin routers
mailbox:
  driver = accept
  domains = ${mailDomain}
  local_parts = lsearch;/etc/mailboxes
  transport = maildir
nowhere:
  driver = redirect
  data = :blackhole:

begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = /mail/$local_part_data
  create_directory = false
  return_path_add
  user = Debian-exim

begin authenticators
${options.mechanisms.map((mechanism) => authenticators[mechanism]).join("")}
`,
    "etc/mailboxes": options.users.map((user) => `${user}: ${user}\n`).join(""),
  };
}
