import type { LibraryName } from "../clients/client-name.js";
import type { ClientBudgets, ClientResult, ClientTask } from "../clients/client-task.js";
import { forkProgram } from "../processes/fork-program.js";
import type { Workshop } from "../processes/workshop.js";
import { programOf } from "./program-of.js";

/** A library in a process of its own, with its connections and its compiled code. */
export interface OpenLibrary {
  measure(budgets: ClientBudgets): Promise<ClientResult>;
  stop(): Promise<void>;
}

/** A measurement hangs rather than takes so long. */
const timeoutMs = 180_000;

export function openLibrary(
  client: LibraryName,
  task: Omit<ClientTask, "variant">,
  workshop: Workshop,
): OpenLibrary {
  const { program, variant } = programOf(client);
  const library = workshop.own(forkProgram(program, { ...task, variant } satisfies ClientTask));
  return {
    async measure(budgets) {
      library.ask(JSON.stringify(budgets));
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`${client} has not answered in ${timeoutMs} ms`)),
          timeoutMs,
        );
      });
      try {
        return await Promise.race([library.next<ClientResult>(), tooLong]);
      } finally {
        clearTimeout(timer);
      }
    },
    stop: library.stop,
  };
}
