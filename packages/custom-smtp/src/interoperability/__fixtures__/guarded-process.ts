import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";

export interface GuardedProcess {
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the process and resolves when it is gone. */
  stop(): Promise<void>;
}

export interface GuardedProcessOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Takes stdout and stderr: daemons hand them on to children, and a pipe that they hold would never close. */
  readonly outputFile: string;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/**
 * A daemon that cannot outlive the tests: a watchdog waits for the end of a pipe that only this process holds open,
 * so the daemon gets its SIGTERM even when the test runner is killed.
 */
export async function startGuardedProcess(options: GuardedProcessOptions): Promise<GuardedProcess> {
  const output = await open(options.outputFile, "a");
  const daemon = spawn(options.command, options.arguments, {
    stdio: ["ignore", output.fd, output.fd],
    env: { ...process.env, ...options.environment },
    // A process group of its own, so that it can be ended with all its children.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    daemon.once("exit", () => resolve()).once("error", () => resolve());
  });
  await once(daemon, "spawn").finally(() => output.close());
  const { pid } = daemon;
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
    ended,
    async stop() {
      if (daemon.exitCode !== null || daemon.signalCode !== null) return;
      // The whole group: Dovecot's children would wait seconds for a word from their parent.
      process.kill(-pid, "SIGTERM");
      await watched;
      endGroup(pid);
    },
  };
}

/** Ends what a daemon was just starting when it got its own signal. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}
