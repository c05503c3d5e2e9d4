import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type ProgramName, programFile } from "./program-file.js";

export interface ForkedProgram {
  readonly processId: number;
  /** The next message that it sends; rejects when it ends before. */
  next<T>(): Promise<T>;
  ask(question: string): void;
  stop(): Promise<void>;
}

/** One of our own programs that runs until it is stopped, and ends by itself when we do. */
export function forkProgram(name: ProgramName, task: unknown): ForkedProgram {
  const child = fork(programFile(name), [JSON.stringify(task)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // Not in our group: Ctrl-C is for us, and we end it.
    detached: true,
  });
  const ended = once(child, "exit");
  return {
    processId: child.pid ?? 0,
    async next<T>() {
      const [message] = await Promise.race([
        once(child, "message"),
        ended.then(() => Promise.reject(new Error(`${name} ended`))),
      ]);
      return message as T;
    },
    ask: (question) => void child.send(question),
    async stop() {
      if (isRunning(child)) child.kill("SIGTERM");
      await ended;
    },
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
