import { createProviderRegistry, type EmailMessage } from "@getfluxly/email-core";
import { createCustomSmtpDefinition } from "@getfluxly/email-custom-smtp";
import { type BenchMessage, benchSender } from "../messages/bench-message.js";
import type { BenchClient } from "./bench-client.js";
import type { ClientTask } from "./client-task.js";
import { runClient } from "./run-client.js";

/** Our connector as a host uses it: out of a registry, everything through `sendBatch`. */
async function openOurs(task: ClientTask): Promise<BenchClient> {
  const definition = createCustomSmtpDefinition({ maxConnections: task.connections });
  const registry = createProviderRegistry({ smtp: definition });
  const login = task.tls === "none" ? {} : { username: "bench", password: "bench password" };
  const provider = await registry.open("smtp", {
    config: { smtp_host: "127.0.0.1", smtp_port: task.port, smtp_secure: task.tls, ...login },
    sender: { from_email: benchSender.address, from_name: benchSender.name },
    context: {
      permitsAddress: () => true,
      permitsPlaintext: () => true,
      certificateAuthorities: [task.certificateAuthority],
      clientName: "bench.customer.test",
    },
  });

  return {
    async sendAll(messages, onOutcome) {
      // By the order in which the batch took them, which is how it counts.
      let first: number | undefined;
      function* toEmailMessages(): Generator<EmailMessage> {
        for (const message of messages) {
          first ??= message.sequence;
          yield toEmailMessage(message);
        }
      }
      for await (const outcome of provider.sendBatch(toEmailMessages())) {
        if (outcome.status === "failed") throw new Error(JSON.stringify(outcome.failure));
        onOutcome((first ?? 0) + outcome.index);
      }
    },
    close: () => provider.close(),
  };
}

function toEmailMessage({ to, subject, text, attachment }: BenchMessage): EmailMessage {
  return { to: [to], subject, text, ...(attachment && { attachments: [attachment] }) };
}

await runClient(openOurs);
