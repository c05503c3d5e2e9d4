import type {
  BatchEmailProvider,
  BatchOutcome,
  PreparedMessage,
  ProviderContext,
} from "@getfluxly/email-core";
import { isEmailError } from "@getfluxly/email-core";
import type { RelayHeader } from "../compose/relay-header.js";
import type { DeliveryOptions } from "../delivery-options.js";
import { createSmtpProvider } from "../smtp-provider.js";
import { type Explainable, explainFailure } from "./explain-failure.js";
import type { PresetConnection } from "./preset.js";

interface PresetProviderOptions {
  readonly delivery: DeliveryOptions;
  /** Throws for a message that this relay cannot carry. */
  readonly headersOf: (message: PreparedMessage) => readonly RelayHeader[];
  readonly relayMessageId: RegExp | null;
  readonly maxMessageBytes: number | undefined;
  readonly preset: Explainable;
}

/** The SMTP connector, told what is particular about this relay. */
export function createPresetProvider(
  connection: PresetConnection,
  context: ProviderContext,
  { preset, relayMessageId, ...options }: PresetProviderOptions,
): BatchEmailProvider {
  const { host, port, tlsMode, username, password, fallbackPorts } = connection;
  const config = { smtp_host: host, smtp_port: port, smtp_secure: tlsMode, username, password };
  const provider = createSmtpProvider(config, context, {
    ...options,
    fallbackPorts,
    findRelayMessageId: (text) => relayMessageId?.exec(text)?.[1],
  });
  const explain = (error: unknown) => explainFailure(error, preset, connection);
  const rethrow = (error: unknown) => {
    throw explain(error);
  };
  const explainOutcome = (outcome: BatchOutcome): BatchOutcome => {
    if (outcome.status === "sent") return outcome;
    const failure = explain(outcome.failure);
    return isEmailError(failure) ? { ...outcome, failure } : outcome;
  };
  return {
    verify: (verifyOptions) => provider.verify(verifyOptions).catch(rethrow),
    send: (message, sendOptions) => provider.send(message, sendOptions).catch(rethrow),
    async *sendBatch(messages, batchOptions) {
      for await (const outcome of provider.sendBatch(messages, batchOptions)) yield explainOutcome(outcome);
    },
    close: (closeOptions) => provider.close(closeOptions),
  };
}
