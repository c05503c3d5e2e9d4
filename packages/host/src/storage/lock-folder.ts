import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "../environment/has-code.js";

/** `startedAt` tells a process from a later one that was given the same id; null where the system does not say. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string | null;
}

/**
 * Marks a folder as used by this process, with a file `<folder>.lock` beside it. Resolves to a function that removes
 * the mark. Rejects when a living process holds it; the mark of a dead one is taken over.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = `${folder}.lock`;
  const own: Holder = { pid: process.pid, startedAt: await readStartTime(process.pid) };
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await createFile(path, JSON.stringify(own))) return () => rm(path, { force: true });
    const text = await readText(path);
    const holder = parseHolder(text);
    if (holder && (await isAlive(holder))) {
      throw new Error(
        `The database folder ${folder} is in use by process ${holder.pid}. Stop that process first, or use another folder.`,
      );
    }
    await removeStale(path, text);
  }
  throw new Error(`The database folder ${folder} is being opened by another process at the same moment.`);
}

/** Whole or not at all, so that nobody ever reads a half-written mark. */
async function createFile(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}.new`;
  await writeFile(draft, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves the mark away before removing it: if another process has just replaced it, its mark goes back. */
async function removeStale(path: string, expected: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  if ((await readText(aside)) !== expected) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return "";
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  const match = /^\{"pid":(\d+),"startedAt":(?:null|"(\d+)")\}$/.exec(text);
  return match ? { pid: Number(match[1]), startedAt: match[2] ?? null } : undefined;
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (!hasCode(error, "EPERM")) return false;
  }
  const startedAt = await readStartTime(holder.pid);
  return holder.startedAt === null || startedAt === null || holder.startedAt === startedAt;
}

/** Field 22 of /proc/<pid>/stat (Linux, proc_pid_stat(5)): clock ticks since boot. */
async function readStartTime(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
