import {
  type AnyProviderDefinition,
  type CloseOptions,
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
import type { Call } from "./call.js";
import { checkReceipt } from "./check-receipt.js";
import { createBag } from "./create-bag.js";
import { type ConnectorHabits, createSendCall } from "./create-send-call.js";
import { deliverNatively } from "./deliver-natively.js";
import { mapProviderFailure } from "./map-provider-failure.js";
import { runCall } from "./run-call.js";
import { sendMany } from "./send-many.js";

/** Puts message checks, deadlines, abort and error mapping around what an author wrote. */
export function createManagedProvider<const Id extends string>(
  provider: EmailProvider,
  definition: Pick<AnyProviderDefinition, "capabilities"> & { readonly id: Id },
  context: Pick<ProviderContext, "sender" | "now">,
): ManagedProvider<Id> {
  const capabilities = Object.freeze({ ...defaultCapabilities, ...definition.capabilities });
  const habits: ConnectorHabits = { asks: false };
  const running = createBag<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  let isForced = false;

  const check = (stage: string, { idempotencyKey }: Pick<SendOptions, "idempotencyKey">) => {
    if (closing)
      throw new EmailError({ code: "provider-closed", stage, message: "The provider was closed." });
    if (idempotencyKey === undefined || capabilities.idempotencyKey) return;
    const message = "The connector has no idempotency keys.";
    throw new EmailError({ code: "capability-unsupported", stage, message });
  };
  const track = async <T>(promise: Promise<T>) => {
    const finish = running.add(promise);
    try {
      return await promise;
    } finally {
      finish();
    }
  };
  const hold = () => {
    let release = () => {};
    track(
      new Promise<void>((resolve) => {
        release = resolve;
      }),
    );
    return release;
  };
  const prepare = (message: EmailMessage) =>
    prepareMessage(message, { ...context, providerId: definition.id, capabilities });
  const sendPrepared = (message: PreparedMessage, options: SendOptions) => {
    const call = createSendCall(options, habits);
    return runCall(call, async (signal) =>
      checkReceipt(await provider.send(message, call.toOptions(signal))),
    );
  };

  const closeConnector = async (options: CloseOptions) => {
    try {
      await provider.close(options);
    } catch (error) {
      throw mapProviderFailure(error, "close", "not_sent");
    }
  };
  const close = (options: CloseOptions = {}) => {
    const force = options.force === true;
    if (closing && (!force || isForced)) return closing;
    isForced = force;
    // In a later turn, so that whatever it lets finish already finds the provider closed.
    const closed = Promise.resolve().then(async () => {
      if (!force) await Promise.allSettled(running.items());
      await closeConnector({ force });
      await Promise.allSettled(running.items());
    });
    closing = closed;
    return closed;
  };

  return {
    providerId: definition.id,
    sender: context.sender,
    capabilities,
    async verify(options = {}) {
      check("verify", {});
      const { timeoutMs = 30_000 } = options;
      const call: Call = {
        ...createSendCall({ ...options, timeoutMs }, habits),
        stage: "verify",
        certainty: "not_sent",
        certaintyNow: () => "not_sent",
      };
      return track(
        runCall(call, async (signal) => {
          const verification = await provider.verify({ ...options, signal, timeoutMs });
          if (typeof verification?.authenticated === "boolean") return verification;
          throw new TypeError("The verification is incomplete.");
        }),
      );
    },
    async send(message, options = {}) {
      check("send", options);
      return track(sendPrepared(prepare(message), options));
    },
    sendBatch(messages, options = {}) {
      return sendMany(messages, {
        signal: options.signal,
        prepare,
        hold,
        checkOpen: () => check("send", options),
        onProgress: options.onProgress,
        async deliver(consignments, stop) {
          const sendBatch = capabilities.batch && provider.sendBatch?.bind(provider);
          if (sendBatch) return deliverNatively(sendBatch, options, habits, consignments, stop);
          const { onProgress: _ours, beforeHandover, ...own } = options;
          for await (const { message, index, settle } of consignments((consignment) => consignment)) {
            try {
              const receipt = await sendPrepared(message, {
                ...own,
                signal: stop.signal,
                beforeHandover: beforeHandover && (() => beforeHandover(index)),
              });
              settle({ status: "sent", index, receipt });
            } catch (error) {
              settle({ status: "failed", index, failure: mapProviderFailure(error, "send", "unknown") });
            }
          }
        },
      });
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}
