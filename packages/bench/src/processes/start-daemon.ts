import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";

export interface Daemon {
  readonly processId: number;
  readonly outputFile: string;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** What it wrote so far. */
  output(): Promise<string>;
  /** Ends it with all its children, and resolves when it is gone. */
  stop(): Promise<void>;
}

export interface DaemonOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Takes stdout and stderr: daemons hand them on to children, and a pipe that they hold would never close. */
  readonly outputFile: string;
}

/**
 * A program of the system that cannot outlive the benchmark: a watchdog waits for the end of a pipe that only this
 * process holds open, so the program gets its SIGTERM even when the benchmark is killed.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const file = await open(options.outputFile, "a");
  const child = spawn(options.command, options.arguments, {
    stdio: ["ignore", file.fd, file.fd],
    // A process group of its own, so that it can be ended with all its children.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve()).once("error", () => resolve());
  });
  await once(child, "spawn").finally(() => file.close());
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.command} did not start`);
  const watchdog = spawn("sh", ["-c", 'read -r line; kill -s TERM -- "-$1"', "watchdog", `${pid}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // The process id may be given to somebody else once the daemon is gone.
  const watched = ended.then(() => {
    watchdog.kill("SIGKILL");
  });

  return {
    processId: pid,
    outputFile: options.outputFile,
    ended,
    output: () => readFile(options.outputFile, "utf8"),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      process.kill(-pid, "SIGTERM");
      await watched;
      try {
        // What it was just starting when it got its own signal.
        process.kill(-pid, "SIGKILL");
      } catch {
        // Nobody is left in the group.
      }
    },
  };
}
