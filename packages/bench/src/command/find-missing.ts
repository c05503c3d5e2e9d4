import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What the machine lacks for the benchmark, in a sentence; undefined: nothing. */
export function findMissing(): string | undefined {
  const absent = ["smtp-sink", "smtp-source", "postconf", "bash"].filter((command) => !isOnPath(command));
  if (absent.length > 0) {
    return `${absent.join(", ")} not found. On Debian or Ubuntu: apt-get install --no-install-recommends postfix`;
  }
  if (process.getuid?.() !== 0) return "Postfix changes to other users, and so has to be started as root.";
  return undefined;
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
