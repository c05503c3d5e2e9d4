import type { Diagnosis, Failure, Sender } from "@getfluxly/email-core";
import { diagnoseProvider } from "@getfluxly/email-core/diagnosis";
import { explainFailure } from "@getfluxly/email-custom-smtp/diagnosis";
import type { HostServices } from "../host-services.js";

interface FailedTest {
  readonly provider: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly sender: Sender;
  readonly to: string;
  readonly failure: Failure;
  readonly signal: AbortSignal;
}

const timeoutMs = 15_000;
/** Of these nothing can be found out by looking again. */
const plain: readonly string[] = [
  "aborted",
  "relay-not-permitted",
  "provider-failed",
  "outcome-unknown",
  "provider-load-failed",
];

/**
 * Why a test message was not sent. What the relay said explains itself, and is not asked for again: a login that was refused
 * is not repeated. Where it did not come so far, a look around tells more.
 */
export async function explainTest(
  { context, registry }: Pick<HostServices, "context" | "registry">,
  { provider, config, sender, to, failure, signal }: FailedTest,
): Promise<Diagnosis | undefined> {
  if (!registry.has(provider) || plain.includes(failure.code) || failure.certainty === "unknown")
    return undefined;
  const definition = await registry.load(provider);
  if (!definition.diagnose) return undefined;
  if (failure.reply || failure.stage === "auth") {
    const stage = ["body", "end-of-data"].includes(failure.stage) ? "data" : failure.stage;
    return explainFailure({ failure, stage });
  }
  const options = { mode: "dry_run", recipient: to, signal, timeoutMs } as const;
  for await (const event of diagnoseProvider(definition, { config, sender, context }, options)) {
    if (event.type === "report") return event.diagnosis;
  }
  return undefined;
}
