import { endWithParent } from "../processes/end-with-parent.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientTask } from "./client-task.js";
import { measureClient } from "./measure-client.js";

/** The whole of a runner program: a task from the command line, one line of JSON as the answer. */
export async function runClient(open: (task: ClientTask) => Promise<BenchClient>): Promise<void> {
  endWithParent();
  const task: ClientTask = JSON.parse(process.argv[2] ?? "");
  const client = await open(task);
  const result = await measureClient(client, task);
  await client.close();
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
