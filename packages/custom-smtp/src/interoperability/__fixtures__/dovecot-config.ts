export interface DovecotConfigOptions {
  readonly folder: string;
  readonly username: string;
  readonly password: string;
  readonly mechanisms: readonly string[];
}

/** The socket on which this configuration answers Postfix. */
export function dovecotLoginSocket(folder: string): string {
  return `${folder}/dovecot/postfix`;
}

/**
 * Dovecot as a checker of logins and nothing else: no IMAP, no mailboxes. By path below the folder. Source: doc.dovecot.org, version 2.3.
 * Its delays after a wrong password are off, since the tests make them on purpose.
 */
export function dovecotConfig(options: DovecotConfigOptions): Record<string, string> {
  const { folder } = options;
  return {
    "config/dovecot.conf": `
protocols =
ssl = no
listen = 127.0.0.1
base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot
log_path = ${folder}/dovecot.log
auth_mechanisms = ${options.mechanisms.join(" ").toLowerCase()}
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/config/logins
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}
service auth {
  unix_listener postfix {
    mode = 0666
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0
  }
}
`,
    "config/logins": `${options.username}:{PLAIN}${options.password}\n`,
  };
}
