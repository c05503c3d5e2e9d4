import { readFileSync } from "node:fs";

/**
 * The highest resident memory of this process so far. Not `process.resourceUsage().maxRSS`, which on Linux begins with
 * that of the process that started this one. Source: proc(5), getrusage(2).
 */
export function readPeakMemory(): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1];
  if (kibibytes === undefined) throw new Error("/proc/self/status does not tell the peak of the memory");
  return Number(kibibytes) * 1024;
}
