import { createMessage } from "@upyo/core";
import { SmtpTransport } from "@upyo/smtp";
import { type BenchMessage, benchSender } from "../messages/bench-message.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientTask } from "./client-task.js";
import { runClient } from "./run-client.js";
import { sendConcurrently } from "./send-concurrently.js";

/** @upyo/smtp with its pool. It takes to TLS by itself where STARTTLS is announced. */
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

  return {
    sendAll: (messages, onOutcome) => sendConcurrently(messages, task.connections, send, onOutcome),
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
