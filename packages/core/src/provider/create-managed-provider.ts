import {
  type AnyProviderDefinition,
  type BatchOutcome,
  defaultCapabilities,
  type EmailMessage,
  type EmailProvider,
  type ManagedProvider,
  type PreparedMessage,
  type ProviderContext,
  type SendOptions,
} from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { prepareMessage } from "../message/index.js";
import { type ConnectorHabits, createSendCall } from "./create-send-call.js";
import { isReceipt } from "./is-receipt.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { type Call, longestTimerMs, runCall } from "./run-call.js";
import { sendMany } from "./send-many.js";

/** Puts message checks, deadlines, abort and error mapping around what an author wrote. */
export function createManagedProvider<const Id extends string>(
  provider: EmailProvider,
  definition: Pick<AnyProviderDefinition, "capabilities"> & { readonly id: Id },
  context: Pick<ProviderContext, "sender" | "now">,
): ManagedProvider<Id> {
  const capabilities = Object.freeze({ ...defaultCapabilities, ...definition.capabilities });
  const habits: ConnectorHabits = { asks: false };
  const running = new Set<Promise<unknown>>();
  const drains = new Set<() => Promise<void>>();
  let closing: Promise<void> | undefined;

  const check = (stage: string, { idempotencyKey }: SendOptions) => {
    if (closing)
      throw new EmailError({ code: "provider-closed", stage, message: "The provider was closed." });
    if (idempotencyKey === undefined || capabilities.idempotencyKey) return;
    const message = `The connector ${definition.id} has no idempotency keys.`;
    throw new EmailError({ code: "capability-unsupported", stage, message });
  };
  const track = async <T>(promise: Promise<T>) => {
    running.add(promise);
    try {
      return await promise;
    } finally {
      running.delete(promise);
    }
  };
  const prepare = (message: EmailMessage) =>
    prepareMessage(message, { ...context, providerId: definition.id, capabilities });
  const sendPrepared = (message: PreparedMessage, options: SendOptions) => {
    const call = createSendCall(options, habits);
    return runCall(call, async (signal) => {
      const receipt = await provider.send(message, call.toOptions(signal));
      if (isReceipt(receipt)) return receipt;
      throw new TypeError("The receipt names no accepted recipient, or is none.");
    });
  };
  async function* sendOneByOne(
    messages: AsyncIterable<PreparedMessage>,
    options: SendOptions,
  ): AsyncGenerator<BatchOutcome> {
    let index = 0;
    for await (const message of messages) {
      try {
        yield { status: "sent", index, receipt: await sendPrepared(message, options) };
      } catch (error) {
        yield { status: "failed", index, failure: mapProviderFailure(error, "send", "unknown") };
      }
      index++;
    }
  }

  const close = () => {
    // In a later turn, so that whatever it lets finish already finds the provider closed.
    closing ??= Promise.resolve().then(async () => {
      await Promise.allSettled([...running, ...Array.from(drains, (drain) => drain())]);
      await provider.close().catch((error: unknown) => {
        throw mapProviderFailure(error, "close", "not_sent");
      });
    });
    return closing;
  };

  return {
    providerId: definition.id,
    capabilities,
    async verify(options = {}) {
      check("verify", {});
      const timeoutMs = Math.min(options.timeoutMs ?? 30_000, longestTimerMs);
      const call: Call = {
        stage: "verify",
        signal: options.signal,
        timeoutMs,
        certainty: "not_sent",
        certaintyNow: () => "not_sent",
        explain: (error) => error,
      };
      return track(
        runCall(call, async (signal) => {
          const verification = await provider.verify({ ...options, signal, timeoutMs });
          if (typeof verification?.authenticated === "boolean") return verification;
          throw new TypeError("The connector's verification does not say whether it is authenticated.");
        }),
      );
    },
    async send(message, options = {}) {
      check("send", options);
      return track(sendPrepared(prepare(message), options));
    },
    sendBatch(messages, options = {}) {
      const call = createSendCall(options, habits);
      const isNative = capabilities.batch && provider.sendBatch;
      return sendMany(messages, {
        ...call,
        timeoutMs: isNative ? call.timeoutMs : longestTimerMs,
        run: (prepared, signal) =>
          capabilities.batch && provider.sendBatch
            ? provider.sendBatch(prepared, call.toOptions(signal))
            : sendOneByOne(prepared, { ...options, signal }),
        prepare,
        checkOpen: () => check("send", options),
        drains,
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
