import type { TestCertificateAuthority } from "@getfluxly/email-conformance/sandbox-relay";
import type { LibraryName } from "../clients/client-name.js";
import type { Workshop } from "../processes/workshop.js";
import { toText } from "../report/table.js";
import type { Scenario } from "../scenarios/scenario.js";
import { measureProfile } from "./measure-profile.js";
import { summarizeProfile } from "./summarize-profile.js";

const functionsShown = 30;

/** Prints where a client spends its time, and leaves a file that Chrome's DevTools open. */
export async function runProfile(
  client: LibraryName,
  scenario: Scenario,
  authority: TestCertificateAuthority,
  workshop: Workshop,
): Promise<void> {
  const { profile, messagesPerSecond, file } = await measureProfile(client, scenario, authority, workshop);
  const functions = summarizeProfile(profile, functionsShown);
  const rows = functions.map((it) => [it.name, it.selfMs.toFixed(0), `${(it.share * 100).toFixed(1)} %`]);
  console.log(toText([["self time", "ms", ""], ...rows]));
  console.log(
    `\n${Math.round(messagesPerSecond)} messages/s while being profiled; the whole profile is in ${file}`,
  );
}
