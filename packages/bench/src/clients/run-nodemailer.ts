import { createTransport } from "nodemailer";
import { benchSender } from "../messages/bench-message.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientTask } from "./client-task.js";
import { runClient } from "./run-client.js";
import { sendConcurrently } from "./send-concurrently.js";

/** nodemailer's pool. At its best it never replaces a connection; by default it does so after 100 messages. */
async function openNodemailer(task: ClientTask): Promise<BenchClient> {
  const transport = createTransport({
    pool: true,
    maxConnections: task.connections,
    ...(task.variant === "best" && { maxMessages: Number.POSITIVE_INFINITY }),
    host: "127.0.0.1",
    port: task.port,
    name: "bench.customer.test",
    secure: task.tls === "ssl",
    ...(task.tls !== "none" && {
      requireTLS: task.tls === "starttls",
      auth: { user: "bench", pass: "bench password" },
      tls: { ca: task.certificateAuthority },
    }),
  });

  return {
    sendAll: (messages, onOutcome) =>
      sendConcurrently(
        messages,
        task.connections,
        ({ to, subject, text, attachment }) =>
          transport.sendMail({
            ...{ from: benchSender, to, subject, text },
            ...(attachment && {
              attachments: [{ ...attachment, content: Buffer.from(attachment.content.buffer) }],
            }),
          }),
        onOutcome,
      ),
    async close() {
      transport.close();
    },
  };
}

await runClient(openNodemailer);
