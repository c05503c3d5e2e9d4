import { execFile } from "node:child_process";
import { chown, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const queues = [
  ...["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "maildrop"],
  ...["private", "public", "saved", "trace"],
];

/** The queue and data folders of an instance, owned as `postfix check` would. */
export async function makePostfixFolders(folder: string): Promise<void> {
  const owner = Number((await run("id", ["-u", "postfix"])).stdout);
  for (const name of ["data", ...queues.map((queue) => `queue/${queue}`)]) {
    await mkdir(join(folder, name), { recursive: true });
    await chown(join(folder, name), owner, 0);
  }
  await mkdir(join(folder, "queue", "pid"));
}
