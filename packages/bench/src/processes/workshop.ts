import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { killRunningPrograms } from "./run-program.js";

/** The files and processes of one run of the benchmark, all gone after `close`. */
export interface Workshop {
  readonly folder: string;
  /** A path for a new file. */
  fresh(name: string): string;
  /** Paths are relative to the folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Has it stopped at the end, if it was not before. */
  own<T extends { stop(): Promise<void> }>(part: T): T;
  close(): Promise<void>;
}

const longAgo = new Date(2020, 0);

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  // mkdtemp admits its maker alone, but mail servers run most of their parts as users of their own.
  await chmod(folder, 0o755);
  const parts: { stop(): Promise<void> }[] = [];
  let count = 0;
  let closed: Promise<void> | undefined;

  async function close(): Promise<void> {
    killRunningPrograms();
    await Promise.allSettled(parts.map((part) => part.stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }

  return {
    folder,
    fresh: (name) => join(folder, `${++count}-${name}`),
    async write(files) {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
        // Postfix waits two seconds before it reads a file that looks as if it were still being written.
        await utimes(join(folder, name), longAgo, longAgo);
      }
    },
    own(part) {
      parts.push(part);
      // Started while everything else was being stopped.
      if (closed !== undefined) part.stop().catch(() => undefined);
      return part;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}
