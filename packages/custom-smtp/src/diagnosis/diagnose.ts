import type {
  DiagnoseOptions,
  Diagnosis,
  DiagnosisEvent,
  DiagnosisReport,
  DiagnosisStage,
  DiagnosisVerdict,
  EmailError,
  ProviderContext,
  StageReport,
} from "@getfluxly/email-core";
import { isEmailError } from "@getfluxly/email-core";
import { createTextRedactor } from "@getfluxly/email-core/redaction";
import { createPortOrder } from "../network/port-order.js";
import type { HostResolver } from "../network/resolve-host.js";
import { resolveHost } from "../network/resolve-host.js";
import { errorCode } from "../session/error-code.js";
import { startProgress } from "../session/progress.js";
import { toSessionFailure } from "../session/session-failure.js";
import type { SessionOptions } from "../session/session-options.js";
import { createTrust } from "../session/trust.js";
import type { SmtpProviderOptions } from "../smtp-provider.js";
import { createStageLimit } from "./create-stage-limit.js";
import { createTranscript } from "./create-transcript.js";
import { explainFailure } from "./explain-failure.js";
import type { Observation } from "./observation.js";
import { readSettings } from "./read-settings.js";
import { reportFailure } from "./report-failure.js";
import { type Course, runStages } from "./run-stages.js";
import { sendTestMessage } from "./send-test-message.js";
import { skipRest } from "./skip-rest.js";
import { toBlockedReport } from "./to-blocked-report.js";
import { toReported } from "./to-reported.js";
import { within } from "./within.js";

export interface DiagnoseSmtpOptions extends DiagnoseOptions {
  /** Replaces the DNS. */
  readonly resolve?: HostResolver | undefined;
}

/** What a preset has of its own: a form, and words about its relay. */
export interface DiagnosisOfPreset {
  readonly read: typeof readSettings;
  /** Tried as in delivery, where the usual port cannot be reached. */
  readonly fallbackPorts?: readonly number[] | undefined;
  /** How a test message is sent, beside the settings. */
  readonly sending?: Pick<SmtpProviderOptions, "headersOf" | "findRelayMessageId"> | undefined;
  readonly refine: (diagnosis: Diagnosis, failure: EmailError) => Diagnosis;
}

const plain: DiagnosisOfPreset = { read: readSettings, refine: (diagnosis) => diagnosis };

const defaultTimeoutMs = 30_000;
/**
 * Tries settings stage by stage on the session that delivers mail, and explains the first failure. Never throws: each
 * stage is told as it ends, and a report is always the last event. `settings` need not be valid.
 */
export async function* diagnose(
  settings: unknown,
  context: ProviderContext,
  options: DiagnoseSmtpOptions = {},
  preset: DiagnosisOfPreset = plain,
): AsyncGenerator<DiagnosisEvent, void, undefined> {
  const events: DiagnosisEvent[] = [];
  let wake = () => {};
  const left = new AbortController();
  const emit = (event: DiagnosisEvent) => {
    events.push(event);
    wake();
  };
  const running = run(settings, context, { ...options, ...preset }, left.signal, emit).then(emit);
  try {
    for (;;) {
      for (let event = events.shift(); event; event = events.shift()) {
        yield event;
        if (event.type === "report") return;
      }
      const next = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (events.length === 0) await Promise.race([next, running]);
    }
  } finally {
    left.abort(new Error("the diagnosis was left"));
  }
}

async function run(
  settings: unknown,
  context: ProviderContext,
  options: DiagnoseSmtpOptions & DiagnosisOfPreset,
  left: AbortSignal,
  emit: (stage: StageReport) => void,
): Promise<DiagnosisReport> {
  const startedAt = new Date();
  const start = performance.now();
  const { mode = "dry_run", until, recipient, timeoutMs = defaultTimeoutMs } = options;
  const stages: StageReport[] = [];
  const tell = (stage: StageReport) => {
    stages.push(stage);
    emit(stage);
  };
  const checked = await options.read(settings, context.sender, { mode, recipient });
  const redact = createTextRedactor(checked.password === "" ? [] : [checked.password]);
  const transcript = createTranscript(redact, () => performance.now());
  const base = {
    type: "report",
    mode,
    startedAt: startedAt.toISOString(),
    probes: [],
    transcript: [],
  } as const;
  const finish = (verdict: DiagnosisVerdict, rest: Partial<DiagnosisReport> = {}): DiagnosisReport => ({
    ...base,
    verdict,
    ms: Math.round(performance.now() - start),
    stages,
    warnings: checked.warnings,
    transcript: transcript.entries,
    ...rest,
  });

  if (checked.failure) {
    const observation: Observation = {
      failure: checked.failure,
      stage: "config",
      settings: checked.observed,
    };
    const diagnosis = options.refine(explainFailure(observation), checked.failure);
    tell({
      type: "stage",
      stage: "config",
      status: "fail",
      ms: 0,
      summary: diagnosis.title,
      findings: [toReported(diagnosis, "error", checked.failure.issues?.[0]?.path), ...checked.warnings],
    });
    skipRest(mode, checked.observed.tlsMode, stages, tell);
    return finish("fail", { failedStage: "config", diagnosis, failure: checked.failure.toJSON() });
  }
  tell({
    type: "stage",
    stage: "config",
    status: checked.warnings.length > 0 ? "warn" : "pass",
    ms: 0,
    summary: checked.warnings[0]?.title ?? "The settings are complete and go together.",
    ...(checked.warnings.length > 0 && { findings: checked.warnings }),
  });
  if (until === "config") return finish("pass");

  const overall = AbortSignal.any([
    left,
    AbortSignal.timeout(Math.max(1, Math.min(timeoutMs, 2 ** 31 - 1))),
    ...(options.signal ? [options.signal] : []),
  ]);
  const { config } = checked;
  const { fallbackPorts = [] } = options;
  const stageLimit = createStageLimit(overall, { ports: 1 + fallbackPorts.length });
  const session: SessionOptions = {
    host: config.smtp_host,
    port: config.smtp_port,
    portOrder: createPortOrder([config.smtp_port, ...fallbackPorts]),
    tlsMode: config.smtp_secure,
    credentials:
      config.username === "" ? undefined : { username: config.username, password: config.password },
    policy: context,
    trust: () => createTrust(context.certificateAuthorities),
    clientName: context.clientName,
    resolve: options.resolve ?? resolveHost,
    redact,
    signal: stageLimit.signal,
  };
  const course: Course = {
    stage: "config",
    addresses: [],
    banner: undefined,
    keywords: [],
    authentication: [],
  };
  const progress = startProgress("queue");
  try {
    overall.throwIfAborted();
    await within(
      overall,
      runStages({
        ...{ session, mode, until, transcript, course, progress },
        envelope: { from: context.sender.from_email, to: recipient ?? context.sender.from_email },
        onStage: tell,
        onBegin: stageLimit.begin,
      }),
    );
    if (mode !== "send" || until !== undefined) {
      stageLimit.end();
      skipRest(mode, config.smtp_secure, stages, tell);
      return finish("pass");
    }
    course.stage = "data";
    stageLimit.begin("data");
    const sent = await sendTestMessage(config, context, {
      recipient: recipient ?? "",
      signal: stageLimit.signal,
      resolve: session.resolve,
      sending: { fallbackPorts, ...options.sending },
    });
    stageLimit.end();
    tell({
      type: "stage",
      stage: "data",
      status: "pass",
      ms: sent.ms,
      summary: `The relay took the message: ${sent.reply}`,
    });
    const { ms: _ms, ...testMessage } = sent;
    return finish("pass", { testMessage });
  } catch (error) {
    stageLimit.end();
    const failure = toSessionFailure(error, progress, session);
    if (failure.code === "relay-not-permitted") return toBlockedReport(base, stages[0], failure);
    const stage: DiagnosisStage =
      course.stage === "config" || course.stage === "verify" ? toKnown(failure.stage) : course.stage;
    const cause = isEmailError(error) ? error.cause : error;
    const observed: Observation = {
      failure,
      systemCode: errorCode(Object(cause).cause) ?? errorCode(cause),
      stage,
      settings: checked.observed,
      ...(course.addresses.length > 0 && { addresses: course.addresses }),
      ...(course.banner !== undefined && { banner: redact(course.banner).slice(0, 200) }),
      keywords: course.keywords,
      authentication: course.authentication,
    };
    return reportFailure(observed, failure, {
      session: { ...session, signal: overall },
      overall,
      finish,
      tell,
      stages,
      mode,
      isAborted: options.signal?.aborted === true,
      refine: options.refine,
    });
  }
}

/** A stage of a delivery, by the name of its stage in a diagnosis. */
const toKnown = (stage: string): DiagnosisStage =>
  stage === "end-of-data" || stage === "body" ? "data" : stage;
