import {
  type AnyProviderDefinition,
  type DiagnosisReport,
  EmailError,
  type EmailErrorCode,
  type Sender,
  type Verification,
} from "@getfluxly/email-core";
import { diagnoseProvider } from "@getfluxly/email-core/diagnosis";
import type { HostServices } from "../host-services.js";
import { withProvider } from "../providers/with-provider.js";

interface Settings {
  readonly definition: AnyProviderDefinition;
  readonly config: Readonly<Record<string, unknown>>;
  readonly sender: Sender;
  readonly testRecipient: string | undefined;
}

/** Settings that do not work, and why. */
export class UnprovenError extends Error {
  readonly failure: EmailError;
  readonly report: DiagnosisReport;

  constructor(failure: EmailError, report: DiagnosisReport) {
    super(failure.message);
    this.failure = failure;
    this.report = report;
  }
}

const timeoutMs = 30_000;

/**
 * Proves settings at the relay. A connector that explains itself is diagnosed, which tries the login once and tells why it
 * failed (`UnprovenError`); any other is verified.
 */
export async function proveSettings(
  { context, log, registry }: Pick<HostServices, "context" | "log" | "registry">,
  { definition, config, sender, testRecipient }: Settings,
  signal: AbortSignal,
): Promise<Verification> {
  const mode = testRecipient === undefined ? "connect" : "dry_run";
  const options = { mode, recipient: testRecipient, signal, timeoutMs } as const;
  if (!definition.diagnose) {
    const provider = await registry.openDynamic(definition.id, { config, sender, context });
    return withProvider(provider, log, () => provider.verify(options));
  }
  for await (const event of diagnoseProvider(definition, { config, sender, context }, options)) {
    if (event.type === "report") return toVerification(event);
  }
  throw new TypeError("The diagnosis ended without a report.");
}

function toVerification(report: DiagnosisReport): Verification {
  const { failure, stages, verdict, warnings } = report;
  // A refused test recipient is a warning of the diagnosis, and an answer to who asked for one.
  if (verdict === "pass" && !failure) {
    const has = (name: string) => stages.some(({ stage, status }) => stage === name && status === "pass");
    return {
      authenticated: has("auth"),
      encrypted: has("tls"),
      warnings: warnings.map(({ title }) => title),
    };
  }
  if (!failure) throw new TypeError("The report names no failure.");
  // Its code may be of a newer version; the text says what it is all the same.
  throw new UnprovenError(new EmailError({ ...failure, code: failure.code as EmailErrorCode }), report);
}
