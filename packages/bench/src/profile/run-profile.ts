import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import type { ClientName } from "../clients/client-name.js";
import { repositoryFolder } from "../command/package-folder.js";
import { programOf } from "../measure/program-of.js";
import { runLibrary } from "../measure/run-library.js";
import { startRelay } from "../measure/start-relay.js";
import type { MessageKind } from "../messages/message-kind.js";
import type { Workshop } from "../processes/workshop.js";
import { toText } from "../report/table.js";
import { toScenario } from "../scenarios/to-scenario.js";
import { summarizeProfile } from "./summarize-profile.js";

const functionsShown = 30;

/** Prints where a client spends its time, and leaves a file that Chrome's DevTools open. */
export async function runProfile(
  client: Exclude<ClientName, "smtp-source">,
  kind: MessageKind,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<void> {
  const { connections, tls, ...place } = toScenario();
  const relay = await startRelay({ ...place, tls }, authority, workshop);
  const folder = join(repositoryFolder, ".reports");
  mkdirSync(folder, { recursive: true });
  const name = `${client}-${kind}.cpuprofile`;
  const { program, variant } = programOf(client);
  const { messages, elapsedSeconds } = await runLibrary({
    program,
    nodeOptions: ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}`],
    task: {
      ...{ variant, port: relay.port, tls, certificateAuthority: relay.certificateAuthority },
      ...{ connections, kind, sampleMemoryEveryMs: 0 },
      budgets: { warmUp: { ms: 1000, minimum: 1 }, measured: { ms: 5000, minimum: 1 } },
    },
  });
  await relay.stop();
  const functions = summarizeProfile(JSON.parse(readFileSync(join(folder, name), "utf8")), functionsShown);
  const rows = functions.map((it) => [it.name, it.selfMs.toFixed(0), `${(it.share * 100).toFixed(1)} %`]);
  console.log(toText([["self time", "ms", ""], ...rows]));
  const rate = Math.round(messages / elapsedSeconds);
  console.log(`\n${rate} messages/s while being profiled; the whole profile is in .reports/${name}`);
}
