import { forkProgram } from "../processes/fork-program.js";
import type { Workshop } from "../processes/workshop.js";
import type { OwnSinkOptions } from "./own-sink.js";
import type { Sink } from "./sink.js";

/** Our own sink in a process of its own. */
export async function startTlsSink(
  workshop: Workshop,
  options: Omit<OwnSinkOptions, "keepsContent">,
): Promise<Sink> {
  const program = workshop.own(
    forkProgram("run-own-sink", { ...options, keepsContent: false } satisfies OwnSinkOptions),
  );
  const port = await program.next<number>();
  return {
    port,
    processId: program.processId,
    received() {
      program.ask("count");
      return program.next<number>();
    },
    stop: () => program.stop(),
  };
}
