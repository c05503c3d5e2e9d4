import { readFileSync } from "node:fs";

const everyMs = 50;

/** Looks at the memory of the children of a process while they run. Source: proc(5). */
export function watchMemory(processId: number): { maxRssBytes(): number; stop(): void } {
  let highest = 0;
  const look = () => {
    try {
      const children = readFileSync(`/proc/${processId}/task/${processId}/children`, "latin1");
      for (const child of children.split(" ").filter(Boolean)) {
        const status = readFileSync(`/proc/${child}/status`, "latin1");
        // The highest so far, as the system remembers it.
        const kibibytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
        highest = Math.max(highest, kibibytes * 1024);
      }
    } catch {
      // It has ended.
    }
  };
  const timer = setInterval(look, everyMs);
  return { maxRssBytes: () => highest, stop: () => clearInterval(timer) };
}
