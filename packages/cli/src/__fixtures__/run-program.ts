import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
}

export interface Running {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Resolves once standard output has a text. */
  waitFor(text: string): Promise<void>;
  /** Standard output so far. */
  read(): string;
  readonly finished: Promise<Finished>;
}

/** Starts a Node program with pipes, and nothing of our own environment but PATH. */
export function startProgram(
  path: string,
  args: readonly string[],
  { input, env, cwd }: RunOptions = {},
): Running {
  const child = spawn(process.execPath, [path, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => undefined).end(input ?? "");
  const finished = once(child, "close").then(([code]): Finished => ({ code, stdout, stderr }));
  return {
    child,
    finished,
    read: () => stdout,
    async waitFor(text) {
      while (!stdout.includes(text)) {
        await Promise.race([
          once(child.stdout, "data"),
          finished.then((end) => Promise.reject(new Error(`It ended before: ${JSON.stringify(end)}`))),
        ]);
      }
    },
  };
}
