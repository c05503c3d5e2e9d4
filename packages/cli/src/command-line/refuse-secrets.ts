import { UsageError } from "./usage-error.js";

const secretOption =
  /^(--?)(p|ap|pw|pass|passwd|password|secret|token|key|api[-_]?key|[a-z_-]*(?:password|secret|token|key)s?)(?:=|$)/i;
const urlWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;

/** A secret on the command line is refused before anything is done with it; what was written is not repeated. */
export function refuseSecrets(args: readonly string[]): void {
  for (const arg of args) {
    const [, dashes, name] = secretOption.exec(arg) ?? [];
    if (name === undefined && !urlWithPassword.test(arg)) continue;
    throw new UsageError(
      `A secret does not belong on the command line${name === undefined ? "" : ` (${dashes}${name})`}: every user of this machine can read it there, and the shell keeps it.`,
      "Type it when asked, or use --password-stdin, --password-file FILE, the environment (GETFLUXLY_EMAIL_PASSWORD) or --config FILE.",
    );
  }
}
