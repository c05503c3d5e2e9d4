import { pino } from "pino";
import type { HostLog } from "../host-log.js";

/**
 * One JSON line per event on stderr, so that stdout stays for the program. The host logs no body, header or setting;
 * the paths named here are a second fence.
 */
export function createHostLog(destination: { write(line: string): void } = process.stderr): HostLog {
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ["password", "secret", "authorization", "*.password", "*.secret", "*.authorization"],
    },
    destination,
  );
}
