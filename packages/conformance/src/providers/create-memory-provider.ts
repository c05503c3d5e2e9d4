import {
  type BatchEmailProvider,
  type BatchOutcome,
  type ConfigSchema,
  defineProvider,
  EmailError,
  isEmailError,
  type PreparedMessage,
  type ProviderDefinition,
  type Receipt,
  type SendOptions,
  toFailure,
} from "@getfluxly/email-core";
import { handOver } from "./hand-over.js";
import { type LabelConfig, labelConfigSchema } from "./label-config-schema.js";
import { throwIfAborted } from "./throw-if-aborted.js";

export type MemoryProviderDefinition = ProviderDefinition<
  "memory",
  ConfigSchema<LabelConfig>,
  ConfigSchema<never>,
  { readonly batch: object; readonly tags: object; readonly metadata: object; readonly idempotencyKey: true }
>;

export interface MemoryProvider {
  /** To be registered under `memory`; everything made from it writes to the same memory. */
  readonly definition: MemoryProviderDefinition;
  /** What was sent, live, in order. */
  readonly sent: readonly PreparedMessage[];
  /** Forgets what was sent, the idempotency keys included. */
  clear(): void;
}

/** A connector that keeps messages instead of sending them. It has all capabilities and breaks no rule of the contract. */
export function createMemoryProvider(): MemoryProvider {
  const sent: PreparedMessage[] = [];
  const byIdempotencyKey = new Map<string, Promise<Receipt>>();

  const keep = async (message: PreparedMessage, options: SendOptions, label: string): Promise<Receipt> => {
    await handOver(options);
    sent.push(message);
    return {
      messageId: message.messageId,
      relayMessageId: `${label}-${sent.length}`,
      accepted: message.envelope.to,
      rejected: [],
      response: "250 2.0.0 Kept in memory",
      warnings: [],
    };
  };

  const keepOnce = (message: PreparedMessage, options: SendOptions, label: string): Promise<Receipt> => {
    const key = options.idempotencyKey;
    if (key === undefined) return keep(message, options, label);
    const earlier = byIdempotencyKey.get(key);
    // What was not sent after all, for whatever reason of the earlier call, is sent now.
    if (earlier) return earlier.catch(() => keepOnce(message, options, label));
    const receipt = keep(message, options, label);
    byIdempotencyKey.set(key, receipt);
    receipt.catch(() => byIdempotencyKey.delete(key));
    return receipt;
  };

  const create = ({ label = "memory" }: LabelConfig): BatchEmailProvider => {
    let closed = false;
    const checkOpen = (stage: string): void => {
      if (!closed) return;
      throw new EmailError({ code: "provider-closed", stage, message: "The provider was closed." });
    };
    const send = async (message: PreparedMessage, options: SendOptions): Promise<Receipt> => {
      checkOpen("send");
      throwIfAborted(options.signal, "send");
      return keepOnce(message, options, label);
    };
    return {
      verify: async ({ signal }) => {
        checkOpen("verify");
        throwIfAborted(signal, "verify");
        return {
          authenticated: false,
          encrypted: false,
          warnings: ["Messages are kept in memory, not sent."],
        };
      },
      send,
      sendBatch: async function* (messages, options): AsyncGenerator<BatchOutcome> {
        const { signal, timeoutMs, idempotencyKey, beforeHandover } = options;
        let count = 0;
        for await (const message of messages) {
          const index = count;
          const own: SendOptions = {
            signal,
            timeoutMs,
            idempotencyKey: idempotencyKey === undefined ? undefined : `${idempotencyKey}/${index}`,
            beforeHandover: beforeHandover && (() => beforeHandover(index)),
          };
          yield await toOutcome(index, send(message, own));
          count += 1;
        }
      },
      close: async () => {
        closed = true;
      },
    };
  };

  return {
    definition: defineProvider({
      id: "memory",
      displayName: "Memory",
      configSchema: labelConfigSchema,
      secretFields: [],
      capabilities: { batch: {}, tags: {}, metadata: {}, idempotencyKey: true },
      create,
    }),
    sent,
    clear: () => {
      sent.length = 0;
      byIdempotencyKey.clear();
    },
  };
}

async function toOutcome(index: number, sending: Promise<Receipt>): Promise<BatchOutcome> {
  try {
    return { status: "sent", index, receipt: await sending };
  } catch (error) {
    if (!isEmailError(error)) throw error;
    return { status: "failed", index, failure: toFailure(error) };
  }
}
