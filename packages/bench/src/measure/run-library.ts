import type { ClientResult, ClientTask } from "../clients/client-task.js";
import type { ProgramName } from "../processes/program-file.js";
import { programFile } from "../processes/program-file.js";
import { runProgram } from "../processes/run-program.js";

/** A measurement hangs rather than takes so long. */
const timeoutMs = 180_000;

export interface LibraryRun {
  readonly program: ProgramName;
  readonly task: ClientTask;
  /** For node itself. */
  readonly nodeOptions?: readonly string[];
  readonly timeoutMs?: number;
  /** Called with each sample of memory, as it is taken. */
  readonly onMessage?: (message: unknown) => void;
}

/** One run of one library, in a process of its own. */
export async function runLibrary(run: LibraryRun): Promise<ClientResult> {
  const { stdout } = await runProgram({
    command: process.execPath,
    arguments: [...(run.nodeOptions ?? []), programFile(run.program), JSON.stringify(run.task)],
    timeoutMs: run.timeoutMs ?? timeoutMs,
    onMessage: run.onMessage ?? (() => undefined),
  });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}
