import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import type { LibraryName } from "../clients/client-name.js";
import { repositoryFolder } from "../command/package-folder.js";
import { programOf } from "../measure/program-of.js";
import { runLibrary } from "../measure/run-library.js";
import { startRelay } from "../measure/start-relay.js";
import type { Workshop } from "../processes/workshop.js";
import type { Scenario } from "../scenarios/scenario.js";
import type { CpuProfile } from "./cpu-profile.js";

export interface ProfileRun {
  readonly profile: CpuProfile;
  /** While being profiled. */
  readonly messagesPerSecond: number;
  /** Holds the profile; relative to the repository. */
  readonly file: string;
}

const folder = ".reports";

/** A client sends for a few seconds, and V8 notes a thousand times a second what it is doing. */
export async function measureProfile(
  client: LibraryName,
  scenario: Scenario,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<ProfileRun> {
  const { connections, kind, tls } = scenario;
  const relay = await startRelay(scenario, authority, workshop);
  const target = join(repositoryFolder, folder);
  mkdirSync(target, { recursive: true });
  const name = `${client} ${scenario.name}.cpuprofile`;
  const { program, variant } = programOf(client);
  const { messages, elapsedSeconds } = await runLibrary({
    program,
    nodeOptions: ["--cpu-prof", `--cpu-prof-dir=${target}`, `--cpu-prof-name=${name}`],
    task: {
      ...{ variant, port: relay.port, tls, certificateAuthority: relay.certificateAuthority },
      ...{ connections, kind, sampleMemoryEveryMs: 0 },
      budgets: { warmUp: { ms: 1000, minimum: 1 }, measured: { ms: 5000, minimum: 1 } },
    },
  });
  await relay.stop();
  return {
    profile: JSON.parse(readFileSync(join(target, name), "utf8")),
    messagesPerSecond: messages / elapsedSeconds,
    file: join(folder, name),
  };
}
