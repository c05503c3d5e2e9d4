import { spawn } from "node:child_process";
import { once } from "node:events";

export interface ProgramRun {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly timeoutMs: number;
  /** For programs of our own: gives them a channel, by whose end they also know that we are gone. */
  readonly onMessage?: (message: unknown) => void;
  /** Called with its process id once it runs. */
  readonly onStart?: (processId: number) => void;
}

const running = new Set<() => void>();

/** Ends every program that runs at the moment. */
export function killRunningPrograms(): void {
  for (const kill of running) kill();
}

/** Resolves with what a program wrote, when it ended well; otherwise rejects with what it complained about. */
export async function runProgram(run: ProgramRun): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(run.command, run.arguments, {
    stdio: ["ignore", "pipe", "pipe", ...(run.onMessage ? (["ipc"] as const) : [])],
    // A group of its own, so that its children end with it, and Ctrl-C is for us alone.
    detached: true,
  });
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, "SIGKILL");
    }
  };
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  if (run.onMessage) child.on("message", run.onMessage);
  const closed = once(child, "close");
  // Rejects as well when there is no such program, of which "spawn" tells.
  closed.catch(() => undefined);
  await once(child, "spawn");
  if (child.pid !== undefined) run.onStart?.(child.pid);
  running.add(kill);
  const timer = setTimeout(kill, run.timeoutMs);
  const [code, signal] = await closed;
  clearTimeout(timer);
  running.delete(kill);
  if (code === 0) return { stdout, stderr };
  const name = run.arguments.find((argument) => argument.endsWith(".js")) ?? run.command;
  throw new Error(`${name} ended with ${signal ?? code}\n${stderr}${stdout}`);
}
