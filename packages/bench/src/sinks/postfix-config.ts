/**
 * A Postfix that goes through all of smtpd and cleanup with every message and then throws it away. Source: postconf(5)
 * and master(5) of Postfix 3.7.
 */
export function postfixConfig(folder: string, port: number): Record<string, string> {
  const main = {
    compatibility_level: "3.6",
    queue_directory: `${folder}/queue`,
    data_directory: `${folder}/data`,
    maillog_file: `${folder}/postfix.log`,
    maillog_file_prefixes: folder,
    inet_interfaces: "127.0.0.1",
    inet_protocols: "ipv4",
    myhostname: "mail.example.test",
    mydestination: "",
    mynetworks: "127.0.0.0/8",
    alias_maps: "",
    default_transport: "discard:",
    message_size_limit: "12000000",
    smtpd_relay_restrictions: "permit_mynetworks, reject",
    smtpd_client_restrictions: "check_client_access static:discard",
    // Tokens of messages that are thrown away never come back; with the default, smtpd soon does ten a second.
    in_flow_delay: "0",
  };
  const master = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "rewrite unix - - n - - trivial-rewrite",
    "bounce unix - - n - 0 bounce",
    "defer unix - - n - 0 bounce",
    "discard unix - - n - - discard",
    "proxymap unix - - n - - proxymap",
    "anvil unix - - n - 1 anvil",
    "postlog unix-dgram n - n - 1 postlogd",
  ];
  return {
    "config/main.cf": Object.entries(main)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(""),
    "config/master.cf": master.map((service) => `${service}\n`).join(""),
  };
}
