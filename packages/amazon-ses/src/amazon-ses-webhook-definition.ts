import type { ConfigSchema, WebhookDefinition } from "@getfluxly/email-core";
import * as z from "zod";
import type { AmazonSesWebhookConfig } from "./webhook/index.js";

const topicArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:sns:[a-z\d-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/,
    "Must be the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:111122223333:mail-events.",
  );

const configSchema: ConfigSchema<AmazonSesWebhookConfig> = z.strictObject({
  topic_arns: z.array(topicArn).min(1, "At least one topic is required.").max(10, "At most 10 topics.").meta({
    title: "ARNs of the SNS topics",
    description: "The topics that your configuration set publishes to. Messages of other topics are refused.",
  }),
  tolerance_seconds: z
    .int()
    .min(300)
    .max(604_800)
    .optional()
    .meta({ title: "Oldest message", description: "In seconds. Default: 86,400, one day." }),
  raw_delivery_secrets: z
    .array(z.string().min(24, "Must have at least 24 characters."))
    .max(2, "At most two secrets, while one takes the place of the other.")
    .optional()
    .meta({
      title: "Secrets for raw message delivery",
      description:
        "Only if it is switched on at the subscription: its messages are not signed. The password in the endpoint's address.",
    }),
});

/** Events of SES through SNS. */
export const amazonSesWebhookDefinition: WebhookDefinition<ConfigSchema<AmazonSesWebhookConfig>> = {
  configSchema,
  secretFields: ["raw_delivery_secrets"],
  load: async () => (await import("./webhook/index.js")).amazonSesWebhook,
};
