import { createMessage } from "@upyo/core";
import { SmtpTransport } from "@upyo/smtp";
import { type BenchMessage, benchSender } from "../messages/bench-message.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientTask } from "./client-task.js";
import { runClient } from "./run-client.js";
import { sendConcurrently } from "./send-concurrently.js";

type OnOutcome = (sequence: number) => void;

/**
 * @upyo/smtp: by default `send` over its pool, which asks for RSET after each message; at its best a `sendMany` for
 * each connection, which does not. It takes to TLS by itself where STARTTLS is announced.
 */
async function openUpyo(task: ClientTask): Promise<BenchClient> {
  const transport = new SmtpTransport({
    host: "127.0.0.1",
    port: task.port,
    localName: "bench.customer.test",
    secure: task.tls === "ssl",
    // Said to be the default, but version 0.4.0 opens a connection for each message unless it is told.
    pool: true,
    poolSize: task.connections,
    ...(task.tls !== "none" && {
      auth: { user: "bench", pass: "bench password" },
      tls: { ca: [task.certificateAuthority] },
    }),
  });

  async function send(message: BenchMessage): Promise<void> {
    const receipt = await transport.send(toMessage(message));
    if (!receipt.successful) throw new Error(receipt.errorMessages.join("; "));
  }

  async function sendMany(messages: Iterator<BenchMessage>, onOutcome: OnOutcome): Promise<void> {
    // One after the other, so that the receipt is that of the message taken last.
    let sequence = 0;
    function* take() {
      for (let next = messages.next(); next.done !== true; next = messages.next()) {
        sequence = next.value.sequence;
        yield toMessage(next.value);
      }
    }
    for await (const receipt of transport.sendMany(take())) {
      if (!receipt.successful) throw new Error(receipt.errorMessages.join("; "));
      onOutcome(sequence);
    }
  }

  return {
    async sendAll(messages, onOutcome) {
      if (task.variant === "default") return sendConcurrently(messages, task.connections, send, onOutcome);
      const source = messages[Symbol.iterator]();
      await Promise.all(Array.from({ length: task.connections }, () => sendMany(source, onOutcome)));
    },
    close: () => transport.closeAllConnections(),
  };
}

function toMessage({ to, subject, text, attachment }: BenchMessage) {
  return createMessage({
    ...{ from: benchSender, to: { ...to }, subject, content: { text } },
    ...(attachment && { attachments: { ...attachment, inline: false, contentId: attachment.filename } }),
  });
}

await runClient(openUpyo);
