import { createTestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import { findMissing } from "./command/find-missing.js";
import { type BenchCommand, parseCommand, usage } from "./command/parse-command.js";
import { runFull } from "./command/run-full.js";
import { runLongBatch } from "./command/run-long-batch.js";
import { runShort } from "./command/run-short.js";
import { runWebhooks } from "./command/run-webhooks.js";
import { openWorkshop, type Workshop } from "./processes/workshop.js";
import { runProfile } from "./profile/run-profile.js";

/** Says whether all is well. */
async function run(command: BenchCommand, workshop: Workshop): Promise<boolean> {
  const authority = createTestCertificateAuthority("Benchmark CA");
  switch (command.mode) {
    case "full":
      return runFull(command, authority, workshop);
    case "short":
      return runShort(authority, workshop);
    case "million":
      return runLongBatch(command.messages, authority, workshop);
    case "webhooks":
      return runWebhooks(command);
    case "profile":
      await runProfile(command.client, command.scenario, authority, workshop);
      return true;
  }
}

function readCommand(): BenchCommand {
  try {
    return parseCommand(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

const command = readCommand();
// Reading webhooks needs no mail server.
const missing = command.mode === "webhooks" ? undefined : findMissing();
if (missing !== undefined) {
  console.error(`The benchmark cannot run here: ${missing}`);
  process.exit(2);
}

const workshop = await openWorkshop();
let interrupted = false;
for (const [signal, number] of [
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGTERM", 15],
] as const) {
  process.once(signal, async () => {
    interrupted = true;
    await workshop.close();
    process.exit(128 + number);
  });
}
try {
  process.exitCode = (await run(command, workshop)) ? 0 : 1;
} catch (error) {
  // What was cut off by us has nothing to say.
  if (!interrupted) console.error(error);
  process.exitCode = 1;
} finally {
  await workshop.close();
}
