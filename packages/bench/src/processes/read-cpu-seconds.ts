import { readFileSync } from "node:fs";

/** USER_HZ, which is 100 on every architecture that Node.js runs on. */
const ticksPerSecond = 100;

/**
 * The processor time that a process has taken so far, user and system, with that of its children, theirs, and those of
 * them that it has seen end. Source: proc(5), /proc/pid/stat and /proc/pid/task/tid/children.
 */
export function readCpuSeconds(processId: number): number {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, "latin1");
    // The name of the program, in parentheses, may contain anything; the state behind it is the third field.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    const children = readFileSync(`/proc/${processId}/task/${processId}/children`, "latin1");
    const ofChildren = children.split(" ").filter(Boolean).map(Number).map(readCpuSeconds);
    return ofChildren.reduce((sum, seconds) => sum + seconds, ticks / ticksPerSecond);
  } catch {
    // It has ended meanwhile: from now on its parent knows.
    return 0;
  }
}
