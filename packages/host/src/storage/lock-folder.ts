import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hasCode } from "../environment/has-code.js";

/**
 * Marks a folder as used by this process and resolves to a function that takes the mark away. Rejects when a living
 * process uses it. Of two that start at the same moment at most one gets the folder.
 *
 * A mark is an empty file `<folder>.lock-<process id>-<start time>-<random>` beside the folder. Each process first sets
 * its own and then looks for others: so the later of two sees the earlier, and since no name is ever used twice, taking
 * a dead process's mark away can never hit a living one's.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const parent = dirname(folder);
  const prefix = `${basename(folder)}.lock-`;
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const own = `${prefix}${process.pid}-${await readStartTime(process.pid)}-${randomUUID()}`;
  const unlock = () => rm(join(parent, own), { force: true });
  await writeFile(join(parent, own), "", { flag: "wx" });
  for (const name of await readdir(parent)) {
    if (name === own || !name.startsWith(prefix)) continue;
    const [pid, startTime] = name.slice(prefix.length).split("-");
    if (await isAlive(Number(pid), startTime)) {
      await unlock();
      throw new Error(
        `The database folder ${folder} is in use by process ${pid}. Stop that process first, or use another folder.`,
      );
    }
    await rm(join(parent, name), { force: true });
  }
  return unlock;
}

/** Whether this very process lives, not a later one that was given the same id. */
async function isAlive(pid: number, startTime: string | undefined): Promise<boolean> {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, "EPERM")) return false;
  }
  return (await readStartTime(pid)) === startTime;
}

/** Field 22 of /proc/<pid>/stat (Linux, proc_pid_stat(5)): clock ticks since boot. `0` where the system does not tell. */
async function readStartTime(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A killed process that nobody has waited for yet (Z) still answers signals.
    return /^[ZX]/.test(fields[0] ?? "") ? "ended" : (fields[19] ?? "0");
  } catch {
    return "0";
  }
}
