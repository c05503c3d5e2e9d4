import { WebhookError } from "@getfluxly/email-core/webhook";

const arn = /^arn:aws[a-z-]*:sns:[a-z\d-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/;

/** Refuses a message of somebody else's topic, however well Amazon signed it. */
export function assertKnownTopic(topic: string, known: readonly string[]): void {
  if (known.length === 0) {
    throw new WebhookError("misconfigured", "No SNS topic is set, and so no message can be ours.");
  }
  if (!known.every((it) => arn.test(it))) {
    throw new WebhookError("misconfigured", "One of the SNS topics is not an ARN of a topic.", {
      remedy: "Copy the ARN from the topic's page: arn:aws:sns:<region>:<account>:<name>.",
    });
  }
  if (!known.includes(topic)) {
    throw new WebhookError("mismatch", "The message is of another SNS topic.", {
      remedy: "If it is yours: add the ARN of its topic to topic_arns.",
    });
  }
}
