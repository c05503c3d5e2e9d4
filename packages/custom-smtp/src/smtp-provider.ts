import type { SecureContext } from "node:tls";
import {
  type BatchEmailProvider,
  type BatchOutcome,
  EmailError,
  isEmailError,
  type PreparedMessage,
  type ProviderContext,
  type Receipt,
  type SendOptions,
  type Verification,
  type VerifyOptions,
} from "@getfluxly/email-core";
import { createTextRedactor } from "@getfluxly/email-core/redaction";
import { assertClientName } from "./assert-client-name.js";
import { composeEarly } from "./compose/compose-early.js";
import { composeMessage } from "./compose/compose-message.js";
import type { RelayHeader } from "./compose/relay-header.js";
import type { DeliveryOptions } from "./delivery-options.js";
import { createPortOrder } from "./network/port-order.js";
import { type HostResolver, resolveHost } from "./network/resolve-host.js";
import { createPool } from "./pool/create-pool.js";
import type { Transmission } from "./pool/delivery.js";
import { relayMessageIdIn } from "./relay-message-id.js";
import { assertWithinSize } from "./session/assert-within-size.js";
import { createDeadline } from "./session/create-deadline.js";
import { openConnection } from "./session/open-connection.js";
import { startProgress } from "./session/progress.js";
import { rehearse } from "./session/rehearse.js";
import { toReplyText } from "./session/reply.js";
import { toSessionFailure } from "./session/session-failure.js";
import type { SessionOptions } from "./session/session-options.js";
import { createTrust } from "./session/trust.js";
import type { SmtpConfig } from "./smtp-config.js";
import { type OnEnd, streamOutcomes } from "./stream-outcomes.js";

const verifyTimeoutMs = 30_000;
const sendTimeoutMs = 300_000;
const quitTimeoutMs = 2_000;

export interface SmtpProviderOptions {
  readonly delivery?: DeliveryOptions | undefined;
  /** Replaces the DNS. */
  readonly resolve?: HostResolver | undefined;
  /** Other ports of the relay with the same TLS mode, tried in this order where the usual one cannot be reached. */
  readonly fallbackPorts?: readonly number[] | undefined;
  /** Bounds the composed message (RFC 1870), where the relay takes less than it announces. */
  readonly maxMessageBytes?: number | undefined;
  /** The relay's own header fields for a message. Throws for a message that the relay cannot carry. */
  readonly headersOf?: ((message: PreparedMessage) => readonly RelayHeader[]) | undefined;
  /** The relay's own id of a message, out of the text of its reply. */
  readonly findRelayMessageId?: ((replyText: string) => string | undefined) | undefined;
}

/** The connector: a pool of connections for messages, and a fresh connection for each verification. */
export function createSmtpProvider(
  config: SmtpConfig,
  context: ProviderContext,
  {
    resolve = resolveHost,
    delivery: deliveryOptions = {},
    fallbackPorts = [],
    maxMessageBytes,
    headersOf = noHeaders,
    findRelayMessageId = relayMessageIdIn,
  }: SmtpProviderOptions = {},
): BatchEmailProvider {
  assertClientName(context.clientName);
  const credentials =
    config.username === "" ? undefined : { username: config.username, password: config.password };
  const warnings = config.smtp_secure === "none" ? plaintextWarnings(credentials !== undefined) : [];
  const redact = createTextRedactor(credentials ? [credentials.password] : []);
  const closing = new AbortController();
  const verifications = new Set<Promise<unknown>>();
  let trust: SecureContext | undefined;

  const session: Omit<SessionOptions, "signal"> = {
    host: config.smtp_host,
    port: config.smtp_port,
    portOrder: createPortOrder([config.smtp_port, ...fallbackPorts]),
    tlsMode: config.smtp_secure,
    credentials,
    policy: context,
    trust: () => {
      trust ??= createTrust(context.certificateAuthorities);
      return trust;
    },
    clientName: context.clientName,
    resolve,
    redact,
  };
  const pool = createPool({ session, delivery: deliveryOptions, log: context.log });

  async function verify(options: VerifyOptions): Promise<Verification> {
    const deadline = createDeadline(options.timeoutMs ?? verifyTimeoutMs, [options.signal, closing.signal]);
    const progress = startProgress();
    const connecting = openConnection({ ...session, signal: deadline.signal }, progress);
    try {
      const connection = await connecting;
      if (options.mode === "dry_run") {
        const from = context.sender.from_email;
        await rehearse(connection, { from, to: options.recipient ?? from }, { redact }, progress);
      }
      // A relay that takes its answer back in the same breath has proven nothing.
      connection.wire.assertQuiet();
      const leaving = connection.wire.quit(quitTimeoutMs).finally(() => verifications.delete(leaving));
      verifications.add(leaving);
      const { authenticated, encrypted, extensions } = connection;
      const maxMessageBytes = extensions.maximumMessageBytes;
      return { authenticated, encrypted, warnings, observedLimits: { maxMessageBytes } };
    } catch (error) {
      connecting.then(({ wire }) => wire.destroy()).catch(() => undefined);
      throw toSessionFailure(error, progress, session);
    } finally {
      deadline.clear();
    }
  }

  /** Rejects, and never throws. */
  function deliver(
    message: PreparedMessage,
    onEnd: OnEnd,
    { timeoutMs = sendTimeoutMs, beforeHandover }: Omit<SendOptions, "signal">,
    isInBatch: boolean,
  ): Promise<Receipt> {
    try {
      const relayHeaders = headersOf(message);
      const { envelope, correlationId: envelopeId } = message;
      const compose = () => {
        const content = composeMessage(message, context.now(), relayHeaders);
        if (maxMessageBytes === undefined) return content;
        if (content instanceof Promise) return content.then((it) => assertWithinSize(it, maxMessageBytes));
        return assertWithinSize(content, maxMessageBytes);
      };
      const composing = isInBatch ? composeEarly(message, compose) : compose;
      const delivery = pool.submit({ envelope, envelopeId, compose: composing, beforeHandover }, timeoutMs);
      const forget = onEnd((reason) => pool.end(delivery, reason));
      return delivery.outcome.then(
        (transmission) => {
          forget();
          return toReceipt(message, transmission);
        },
        (error: unknown) => {
          forget();
          throw error;
        },
      );
    } catch (error) {
      return Promise.reject(error);
    }
  }

  function toReceipt({ messageId }: PreparedMessage, { accepted, rejected, reply }: Transmission): Receipt {
    const text = toReplyText(reply, redact);
    const relayMessageId = findRelayMessageId(text);
    return {
      messageId,
      ...(relayMessageId !== undefined && { relayMessageId }),
      accepted,
      rejected,
      response: `${reply.code} ${text}`.trim(),
      warnings,
    };
  }

  return {
    verify,
    send: (message, { signal, ...options }) => deliver(message, onAbortOf(signal), options, false),
    sendBatch(messages, { signal, timeoutMs, beforeHandover }) {
      const toOutcome = (message: PreparedMessage, index: number, onEnd: OnEnd): Promise<BatchOutcome> => {
        const own = beforeHandover && (() => beforeHandover(index));
        return deliver(message, onEnd, { timeoutMs, beforeHandover: own }, true).then(
          (receipt) => ({ status: "sent", index, receipt }),
          (error: unknown) => ({ status: "failed", index, failure: toFailureOf(error) }),
        );
      };
      // For each connection one message under way, one ahead, one that is there when either is done, and room for more to
      // be read in one go.
      const window = 5 * (deliveryOptions.maxConnections ?? 5);
      return streamOutcomes(messages, toOutcome, { window, signal });
    },
    async close(options = {}) {
      closing.abort(new Error("the provider was closed"));
      await Promise.all([pool.close(options), ...verifications]);
    },
  };
}

function onAbortOf(signal: AbortSignal | undefined): OnEnd {
  return (callback) => {
    const onAbort = () => callback(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) onAbort();
    return () => signal?.removeEventListener("abort", onAbort);
  };
}

function toFailureOf(error: unknown): EmailError {
  if (isEmailError(error)) return error;
  const message = "The connector failed unexpectedly.";
  return new EmailError({
    code: "provider-failed",
    message,
    stage: "send",
    certainty: "unknown",
    cause: error,
  });
}

/** Those of any relay. */
function noHeaders({ providerOptions }: PreparedMessage): readonly RelayHeader[] {
  if (Object.keys(providerOptions?.smtp ?? {}).length === 0) return [];
  throw new EmailError({
    code: "capability-unsupported",
    message: "The custom SMTP connector has no provider options.",
    stage: "message",
    issues: [{ path: "providerOptions.smtp", message: "has no options" }],
  });
}

function plaintextWarnings(withLogin: boolean): readonly string[] {
  const what = withLogin ? "The login and every message travel" : "Every message travels";
  return [`${what} unencrypted to this relay (smtp_secure "none"). Use TLS if the relay offers it.`];
}
