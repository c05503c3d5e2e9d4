import type { SecureContext } from "node:tls";
import {
  EmailError,
  type EmailProvider,
  type PreparedMessage,
  type ProviderContext,
  type Receipt,
  type SendOptions,
  type Verification,
  type VerifyOptions,
} from "@getfluxly/email-core";
import { redactText } from "@getfluxly/email-core/redaction";
import { assertClientName } from "./assert-client-name.js";
import { composeMessage } from "./compose/compose-message.js";
import type { DeliveryOptions } from "./delivery-options.js";
import { type HostResolver, resolveHost } from "./network/resolve-host.js";
import { relayMessageIdIn } from "./relay-message-id.js";
import type { Content } from "./session/content.js";
import { createDeadline } from "./session/create-deadline.js";
import { type Connection, openConnection } from "./session/open-connection.js";
import { type Progress, startProgress } from "./session/progress.js";
import { rehearse } from "./session/rehearse.js";
import { toServerReply } from "./session/reply.js";
import { toSessionFailure } from "./session/session-failure.js";
import type { SessionOptions } from "./session/session-options.js";
import { transmit } from "./session/transmit.js";
import { createTrust } from "./session/trust.js";
import type { SmtpConfig } from "./smtp-config.js";

const verifyTimeoutMs = 30_000;
const sendTimeoutMs = 300_000;
const quitTimeoutMs = 2_000;

export interface SmtpProviderOptions {
  readonly delivery?: DeliveryOptions | undefined;
  /** Replaces the DNS. */
  readonly resolve?: HostResolver | undefined;
}

/** The connector: a connection per call, closed politely behind it. */
export function createSmtpProvider(
  config: SmtpConfig,
  context: ProviderContext,
  { resolve = resolveHost }: SmtpProviderOptions = {},
): EmailProvider {
  assertClientName(context.clientName);
  const credentials =
    config.username === "" ? undefined : { username: config.username, password: config.password };
  const warnings = config.smtp_secure === "none" ? plaintextWarnings(credentials !== undefined) : [];
  const redact = (text: string) => redactText(text, [config.password]);
  const closing = new AbortController();
  const leaving = new Set<Promise<void>>();
  let trust: SecureContext | undefined;

  const sessionOptions = (signal: AbortSignal): SessionOptions => ({
    host: config.smtp_host,
    port: config.smtp_port,
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
    signal,
  });

  function leave({ wire }: Connection): void {
    const done = wire.quit(quitTimeoutMs).finally(() => leaving.delete(done));
    leaving.add(done);
  }

  /** Opens a connection, runs the work on it, and closes it, whatever becomes of the work. */
  async function withConnection<T>(
    options: { readonly signal?: AbortSignal | undefined; readonly timeoutMs: number },
    work: (connection: Connection, progress: Progress) => Promise<T>,
  ): Promise<T> {
    const deadline = createDeadline(options.timeoutMs, [options.signal, closing.signal]);
    const session = sessionOptions(deadline.signal);
    const progress = startProgress();
    let connection: Connection | undefined;
    try {
      connection = await openConnection(session, progress);
      const result = await work(connection, progress);
      leave(connection);
      return result;
    } catch (error) {
      // Not with QUIT: the relay may be waiting for content, and would take it for some.
      connection?.wire.destroy();
      throw toSessionFailure(error, progress, session);
    } finally {
      deadline.clear();
    }
  }

  return {
    verify: (options: VerifyOptions): Promise<Verification> =>
      withConnection(
        { signal: options.signal, timeoutMs: options.timeoutMs ?? verifyTimeoutMs },
        async (connection, progress) => {
          if (options.mode === "dry_run") {
            const from = context.sender.from_email;
            const envelope = { from, to: options.recipient ?? from };
            await rehearse(connection, envelope, { redact }, progress);
          }
          // A relay that takes its answer back in the same breath has proven nothing.
          connection.wire.assertQuiet();
          const { authenticated, encrypted, extensions } = connection;
          const maxMessageBytes = extensions.maximumMessageBytes;
          return { authenticated, encrypted, warnings, observedLimits: { maxMessageBytes } };
        },
      ),

    async send(message: PreparedMessage, options: SendOptions): Promise<Receipt> {
      assertNoOptions(message);
      const content = await compose(message, context.now());
      return withConnection(
        { signal: options.signal, timeoutMs: options.timeoutMs ?? sendTimeoutMs },
        async (connection, progress) => {
          const { envelope } = message;
          const { beforeHandover } = options;
          const sent = await transmit(
            connection,
            { envelope, content },
            { redact, beforeHandover },
            progress,
          );
          const reply = toServerReply(sent.reply, redact);
          const relayMessageId = relayMessageIdIn(reply.text);
          return {
            messageId: message.messageId,
            ...(relayMessageId !== undefined && { relayMessageId }),
            accepted: sent.accepted,
            rejected: sent.rejected,
            response: `${reply.code} ${reply.text}`.trim(),
            warnings,
          };
        },
      );
    },

    async close() {
      closing.abort(new Error("the provider was closed"));
      await Promise.all(leaving);
    },
  };
}

async function compose(message: PreparedMessage, date: Date): Promise<Content> {
  try {
    return await composeMessage(message, date);
  } catch (cause) {
    const text = "The message could not be composed.";
    throw new EmailError({ code: "provider-failed", message: text, stage: "compose", cause });
  }
}

function assertNoOptions({ providerOptions }: PreparedMessage): void {
  if (Object.keys(providerOptions?.smtp ?? {}).length === 0) return;
  throw new EmailError({
    code: "capability-unsupported",
    message: "The custom SMTP connector has no provider options.",
    stage: "message",
    issues: [{ path: "providerOptions.smtp", message: "has no options" }],
  });
}

function plaintextWarnings(withLogin: boolean): readonly string[] {
  const what = withLogin ? "The login and every message travel" : "Every message travels";
  return [`${what} in clear to this relay (smtp_secure "none"). Use TLS if the relay offers it.`];
}
