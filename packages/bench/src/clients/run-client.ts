import { endWithParent } from "../processes/end-with-parent.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientBudgets, ClientTask } from "./client-task.js";
import { measureClient } from "./measure-client.js";

/**
 * The whole of a runner program. A task from the command line, one line of JSON as the answer; or, with a task that
 * names no messages, a client that stays open and measures as often as it is asked over the channel.
 */
export async function runClient(open: (task: ClientTask) => Promise<BenchClient>): Promise<void> {
  endWithParent();
  const task: ClientTask = JSON.parse(process.argv[2] ?? "");
  const client = await open(task);
  if (task.budgets) {
    const result = await measureClient(client, { ...task, ...task.budgets });
    await client.close();
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  process.channel?.ref();
  let first = 0;
  process.on("message", async (question: string) => {
    const budgets: ClientBudgets = JSON.parse(question);
    const result = await measureClient(client, { ...task, ...budgets }, first);
    first += result.messagesInAll;
    process.send?.(result);
  });
}
