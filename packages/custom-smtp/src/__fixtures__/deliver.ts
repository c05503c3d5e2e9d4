import type { EmailError } from "@getfluxly/email-core";
import { stuffContent } from "../compose/stuff-content.js";
import { resolveHost } from "../network/resolve-host.js";
import { openConnection } from "../session/open-connection.js";
import { startProgress } from "../session/progress.js";
import { toSessionFailure } from "../session/session-failure.js";
import type { SessionOptions } from "../session/session-options.js";
import { type Transmission, transmit } from "../session/transmit.js";
import { createTrust } from "../session/trust.js";

export interface Delivery {
  readonly port: number;
  readonly to?: readonly string[];
  readonly text?: string;
  readonly signal?: AbortSignal;
  readonly credentials?: SessionOptions["credentials"];
  readonly beforeHandover?: () => Promise<void>;
}

/** One message through the session alone, in clear to loopback. */
export async function deliver(delivery: Delivery): Promise<Transmission> {
  const progress = startProgress();
  const options: SessionOptions = {
    host: "127.0.0.1",
    port: delivery.port,
    tlsMode: "none",
    credentials: delivery.credentials,
    policy: { permitsAddress: () => true },
    trust: () => createTrust([]),
    clientName: "client.test",
    resolve: resolveHost,
    redact: (text) => text,
    signal: delivery.signal ?? AbortSignal.timeout(10_000),
  };
  const text = delivery.text ?? "Subject: test\r\n\r\nHello\r\n";
  const { stuffed, size } = stuffContent(Buffer.from(text));
  const content = { pieces: [stuffed], size, eightBit: false, smtpUtf8: false };
  const envelope = { from: "sender@example.com", to: delivery.to ?? ["anna@example.com"] };
  try {
    const connection = await openConnection(options, progress);
    try {
      const { beforeHandover } = delivery;
      const sent = await transmit(
        connection,
        { envelope, content },
        { redact: options.redact, beforeHandover },
        progress,
      );
      await connection.wire.quit(1_000);
      return sent;
    } finally {
      connection.wire.destroy();
    }
  } catch (error) {
    throw toSessionFailure(error, progress, options);
  }
}

/** The error of a delivery that must not succeed. */
export async function failureOf(delivery: Promise<unknown>): Promise<EmailError> {
  const outcome = await delivery.then(
    (value) => ({ value }),
    (error: EmailError) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`resolved with ${JSON.stringify(outcome.value)}`);
  return outcome.error;
}
