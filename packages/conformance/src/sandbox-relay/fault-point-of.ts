import { commandName } from "./command-name.js";
import type { FaultPoint } from "./fault.js";

const points: Readonly<Record<string, FaultPoint | undefined>> = {
  EHLO: "ehlo",
  HELO: "helo",
  STARTTLS: "starttls",
  AUTH: "auth",
  MAIL: "mail-from",
  RCPT: "rcpt-to",
  DATA: "data",
  RSET: "rset",
  NOOP: "noop",
  QUIT: "quit",
};

/** The fault point of a command line; undefined for commands that have none. */
export function faultPointOf(line: string, afterStarttls: boolean): FaultPoint | undefined {
  const name = commandName(line);
  if (!Object.hasOwn(points, name)) return undefined;
  return name === "EHLO" && afterStarttls ? "ehlo-after-tls" : points[name];
}
