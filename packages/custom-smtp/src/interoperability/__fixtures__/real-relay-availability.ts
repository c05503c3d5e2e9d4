import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { findHaraka } from "./find-haraka.js";
import { findMailServer } from "./find-mail-server.js";

/** What a machine lacks for the Postfix fixture; undefined when nothing. */
export function missingForPostfix(): string | undefined {
  const absent = ["postfix", "dovecot"].filter((command) => !isOnPath(command));
  if (absent.length > 0) return `${absent.join(" and ")} not installed`;
  // Postfix changes to other users, and so has to be started as root.
  return process.getuid?.() === 0 ? undefined : "needs root";
}

/** What a machine lacks for a server whose package `.ci/run` unpacks; undefined when nothing. */
export function missingForUnpacked(program: string): string | undefined {
  if (findMailServer(program) === undefined) return "not unpacked by .ci/run";
  // It runs in a root folder of its own.
  return process.getuid?.() === 0 ? undefined : "needs root";
}

/** What a machine lacks for the aiosmtpd fixture; undefined when nothing. */
export function missingForAiosmtpd(): string | undefined {
  if (!isOnPath("python3")) return "python3 not installed";
  return findMailServer("usr/lib/python3/dist-packages/aiosmtpd") === undefined
    ? "not unpacked by .ci/run"
    : undefined;
}

/** What a machine lacks for the smtp-sink fixture; undefined when nothing. */
export function missingForSmtpSink(): string | undefined {
  if (!isOnPath("smtp-sink")) return "postfix not installed";
  return process.getuid?.() === 0 ? undefined : "needs root";
}

/** What a machine lacks for the Haraka fixture; undefined when nothing. */
export function missingForHaraka(): string | undefined {
  if (Number.parseInt(process.versions.node, 10) < 22) return "needs Node 22 or newer";
  try {
    findHaraka();
    return undefined;
  } catch {
    return "Haraka not installed";
  }
}

/**
 * Whether to run the tests against a real relay. What is left out is said in one line; with REQUIRE_REAL_RELAYS=1 it is
 * an error, so that a build cannot turn green by lacking the relay.
 */
export function isRelayAvailable(relay: string, missing: string | undefined): boolean {
  if (missing === undefined) return true;
  const line = `left out: ${relay} interoperability (${missing})`;
  if (process.env.REQUIRE_REAL_RELAYS === "1") throw new Error(line);
  process.stderr.write(`${line}\n`);
  return false;
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
