import { parseConfig } from "../config/index.js";
import type {
  AnyProviderDefinition,
  DiagnoseOptions,
  DiagnosisEvent,
  OpenOptions,
  StageReport,
} from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { parseSender } from "../message/index.js";
import { createManagedProvider } from "../provider/index.js";
import { mapProviderFailure } from "../provider/map-provider-failure.js";
import { createContext } from "../registry/create-context.js";
import { toReport } from "./to-report.js";

/**
 * Tries settings that need not be stored or even valid, with any connector, and tells stage by stage how it goes. A
 * connector without a `diagnose` of its own is verified instead, which tells less. Never throws; a report is always the
 * last event, unless the consumer leaves before.
 */
export async function* diagnoseProvider(
  definition: AnyProviderDefinition,
  settings: OpenOptions<unknown>,
  options: DiagnoseOptions = {},
): AsyncGenerator<DiagnosisEvent, void, undefined> {
  const startedAt = new Date();
  const stages: StageReport[] = [];
  try {
    for await (const event of run(definition, settings, options)) {
      if (event.type === "stage") stages.push(event);
      yield event;
      if (event.type === "report") return;
    }
    throw new TypeError("The diagnosis ended without a report.");
  } catch (error) {
    const failure = mapProviderFailure(error, "verify", "not_sent");
    const stage = failedStage(failure, stages);
    if (stage) yield stage;
    yield toReport(startedAt, options, stage ? [...stages, stage] : stages, failure);
  }
}

async function* run(
  definition: AnyProviderDefinition,
  settings: OpenOptions<unknown>,
  options: DiagnoseOptions,
): AsyncGenerator<DiagnosisEvent, void, undefined> {
  if (definition.diagnose) {
    yield* definition.diagnose(settings.config, createContext(settings.sender, settings.context), options);
    return;
  }
  const startedAt = new Date();
  const since = stopwatch();
  if (options.mode === "send" && options.recipient === undefined) {
    const message = "A test message needs a recipient.";
    throw new EmailError({ code: "message-invalid", stage: "config", message });
  }
  const config = await parseConfig(definition, settings.config);
  const context = createContext(parseSender(settings.sender), settings.context);
  // It asks nobody, so it takes no time that could tell anything.
  const checked = passed("config", 0, "The settings are complete and of the right form.");
  yield checked;
  if (options.until === "config") {
    yield toReport(startedAt, options, [checked]);
    return;
  }

  const { mode = "dry_run", recipient, signal, timeoutMs = 30_000 } = options;
  // The schema has just made the config that this `create` takes.
  const provider = createManagedProvider(
    await definition.create(config as never, context),
    definition,
    context,
  );
  try {
    const { authenticated, warnings } = await provider.verify({
      mode: mode === "connect" ? mode : "dry_run",
      recipient,
      signal,
      timeoutMs,
    });
    const words = authenticated
      ? "The relay accepted the login."
      : "The relay can be reached. No login was tried.";
    const verified = passed("auth", since(), [words, ...warnings].join(" "));
    yield verified;
    if (mode !== "send" || options.until !== undefined || recipient === undefined) {
      yield toReport(startedAt, options, [checked, verified]);
      return;
    }
    const receipt = await provider.send(
      { to: [{ address: recipient }], subject: "Test message", text: "This message tests a mail relay." },
      { signal, timeoutMs: Math.max(1, timeoutMs - since()) },
    );
    const sent = passed("data", since(), `The relay took the test message: ${receipt.response}`);
    yield sent;
    const { messageId, relayMessageId, response: reply } = receipt;
    const testMessage = { to: recipient, messageId, relayMessageId, reply };
    yield { ...toReport(startedAt, options, [checked, verified, sent]), testMessage };
  } finally {
    await provider.close({ force: true }).catch(() => undefined);
  }
}

/** Undefined where nothing may be told, or the stage has been told already. */
function failedStage(failure: EmailError, told: readonly StageReport[]): StageReport | undefined {
  const { stage, message } = failure;
  if (failure.code === "relay-not-permitted" || told.some((it) => it.stage === stage)) return undefined;
  return { type: "stage", stage, status: "fail", ms: 0, summary: message };
}

const passed = (stage: string, ms: number, summary: string): StageReport => ({
  type: "stage",
  stage,
  status: "pass",
  ms,
  summary,
});

function stopwatch(): () => number {
  const start = performance.now();
  return () => Math.round(performance.now() - start);
}
