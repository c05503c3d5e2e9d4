import type { EmailError } from "@getfluxly/email-core";
import { stuffContent } from "../compose/stuff-content.js";
import type { DeliveryOptions } from "../delivery-options.js";
import { resolveHost } from "../network/resolve-host.js";
import { createPool, type Pool } from "../pool/create-pool.js";
import type { Consignment, Transmission } from "../pool/delivery.js";
import type { SessionOptions } from "../session/session-options.js";
import { createTrust } from "../session/trust.js";

export interface Delivery {
  readonly port: number;
  readonly to?: readonly string[];
  readonly text?: string;
  readonly signal?: AbortSignal;
  readonly credentials?: SessionOptions["credentials"];
  readonly beforeHandover?: () => Promise<void>;
}

/** A pool in clear to loopback. */
export function openPool(
  port: number,
  options: DeliveryOptions = {},
  credentials?: SessionOptions["credentials"],
): Pool {
  return createPool({
    session: {
      host: "127.0.0.1",
      port,
      tlsMode: "none",
      credentials,
      policy: { permitsAddress: () => true },
      trust: () => createTrust([]),
      clientName: "client.test",
      resolve: resolveHost,
      redact: (text) => text,
    },
    delivery: options,
    log: () => undefined,
  });
}

export function toConsignment({
  to = ["anna@example.com"],
  text = "Subject: test\r\n\r\nHello\r\n",
  beforeHandover,
}: Omit<Delivery, "port">): Consignment {
  const { stuffed, size } = stuffContent(Buffer.from(text));
  const content = { pieces: [stuffed], size, eightBit: false, smtpUtf8: false };
  return {
    envelope: { from: "sender@example.com", to },
    envelopeId: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    compose: () => content,
    beforeHandover,
  };
}

/** One message through a pool of its own, in clear to loopback. */
export async function deliver(delivery: Delivery): Promise<Transmission> {
  const { port, credentials, signal = AbortSignal.timeout(10_000) } = delivery;
  const pool = openPool(port, { maxConnections: 1 }, credentials);
  const submitted = pool.submit(toConsignment(delivery), 60_000);
  const onAbort = () => pool.end(submitted, signal.reason);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  try {
    return await submitted.outcome;
  } finally {
    signal.removeEventListener("abort", onAbort);
    await pool.close();
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
