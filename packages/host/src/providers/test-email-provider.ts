import { createUlid, type Failure, isEmailError, type Receipt, type Sender } from "@getfluxly/email-core";
import { explainTest } from "../diagnosis/explain-test.js";
import { toWireDiagnosis } from "../diagnosis/to-wire-diagnosis.js";
import type { HostServices } from "../host-services.js";
import { createProblem } from "../http/problem.js";
import { toWireFailure } from "../http/to-wire-failure.js";
import { toWireRejection } from "../http/to-wire-rejection.js";
import type { StoredEmailProvider } from "../storage/email-provider-store.js";
import { insertSentMessage, setRelayMessageId } from "../storage/sent-message-store.js";
import { createRedactor } from "./create-redactor.js";
import { createTestMessage } from "./create-test-message.js";
import { logConnectorFault } from "./log-connector-fault.js";
import { redactError } from "./redact-error.js";
import { openSecrets } from "./seal-secrets.js";
import { toTestVerdict } from "./to-test-verdict.js";
import { withProvider } from "./with-provider.js";

const sendTimeoutMs = 60_000;

interface TestRequest {
  readonly stored: StoredEmailProvider;
  readonly to: string;
  readonly signal: AbortSignal;
}

/** Sends test messages, one at a time for each stored provider; a second call meanwhile is refused with 409. */
export function createEmailProviderTester(services: HostServices) {
  const running = new Set<string>();
  return async (request: TestRequest): Promise<Record<string, unknown>> => {
    const { id } = request.stored;
    if (running.has(id)) throw createProblem("test-running");
    running.add(id);
    try {
      return await runTest(services, request);
    } finally {
      running.delete(id);
    }
  };
}

/** Always an answer: a test that failed is a finished test. */
async function runTest(services: HostServices, request: TestRequest): Promise<Record<string, unknown>> {
  const startedMs = performance.now();
  // Our own id, so that it is known even when the outcome is not: the relay's log is searched for it.
  const messageId = `${createUlid(new Date())}@${request.stored.from_email.split("@")[1]}`;
  let settings: Settings | undefined;
  const carryOut = async () => {
    settings = await openSettings(services, request.stored);
    return send(services, request, settings, messageId);
  };
  const outcome = await carryOut().then(
    (receipt) => ({ receipt, failure: undefined }),
    (error: unknown) => {
      if (!isEmailError(error)) throw error;
      return { receipt: undefined, failure: error };
    },
  );
  const { receipt, failure } = outcome;
  const diagnosis = failure && settings && (await explain(services, request, settings, failure));
  return {
    ...toTestView(messageId, receipt, failure),
    ...(diagnosis && { diagnosis }),
    duration_ms: Math.round(performance.now() - startedMs),
  };
}

async function explain(
  services: HostServices,
  { stored, to, signal }: TestRequest,
  { config, sender, redact }: Settings,
  failure: Failure,
) {
  const explained = await explainTest(services, {
    provider: stored.provider,
    config,
    sender,
    to,
    failure,
    signal,
  });
  return toWireDiagnosis(explained, redact);
}

interface Settings {
  readonly config: Readonly<Record<string, unknown>>;
  readonly sender: Sender;
  redact(text: string): string;
}

async function openSettings({ vault }: HostServices, stored: StoredEmailProvider): Promise<Settings> {
  const { from_email, from_name, reply_to } = stored;
  const config = await openSecrets(vault, { workspaceId: stored.workspace_id, id: stored.id }, stored);
  const sender = {
    from_email,
    ...(from_name !== null && { from_name }),
    ...(reply_to !== null && { reply_to }),
  };
  return { config, sender, redact: createRedactor(config, Object.keys(stored.secrets)) };
}

async function send(
  { context, database, log, registry }: HostServices,
  { stored, to, signal }: TestRequest,
  { config, sender, redact }: Settings,
  messageId: string,
) {
  const place = { workspaceId: stored.workspace_id, projectId: stored.project_id };
  try {
    const provider = await registry.openDynamic(stored.provider, { config, sender, context });
    const message = { ...createTestMessage(stored), to: [{ address: to }], messageId };
    const sent = await insertSentMessage(database, place, {
      email_provider_id: stored.id,
      correlation_id: messageId.replace(/@.*/, ""),
      message_id: messageId,
      recipients: [to],
    });
    const receipt = await withProvider(provider, log, () =>
      provider.send(message, { signal, timeoutMs: sendTimeoutMs }),
    );
    if (receipt.relayMessageId !== undefined) await setRelayMessageId(database, sent, receipt.relayMessageId);
    return {
      ...receipt,
      response: redact(receipt.response),
      warnings: receipt.warnings.map(redact),
    };
  } catch (error) {
    logConnectorFault(log, stored.provider, error, redact);
    throw redactError(error, redact);
  }
}

const toTestView = (messageId: string, receipt: Receipt | undefined, failure: Failure | undefined) => ({
  verdict: toTestVerdict(failure),
  message_id: receipt?.messageId ?? messageId,
  ...(receipt?.relayMessageId !== undefined && { relay_message_id: receipt.relayMessageId }),
  accepted: receipt?.accepted ?? [],
  rejected: (receipt ?? failure)?.rejected?.map(toWireRejection) ?? [],
  response: receipt?.response ?? null,
  warnings: receipt?.warnings ?? [],
  ...(failure && { failure: toWireFailure(failure) }),
});
