import type { ConfigSchema, WebhookAdapter, WebhookDefinition } from "@getfluxly/email-core";
import type { SharedSecretConfig } from "@getfluxly/email-core/webhook";
import * as z from "zod";

const schema: ConfigSchema<SharedSecretConfig> = z.strictObject({
  secrets: z
    .array(z.string().min(24, "Must have at least 24 characters."))
    .min(1, "At least one secret is required.")
    .max(2, "At most two secrets, while one takes the place of the other.")
    .meta({
      title: "Secrets",
      description: "What the relay shows with each request. Two while the secret is changed.",
    }),
  username: z
    .string()
    .min(1)
    .optional()
    .meta({ title: "User name", description: "Goes with the secret as Basic password. Default: any." }),
  header: z
    .string()
    .regex(/^[\w-]{1,76}$/, "Must be the name of a header.")
    .optional()
    .meta({ title: "Header", description: "Holds the secret and nothing else. Default: X-Webhook-Secret." }),
});

/** The webhook of a relay that signs nothing: its requests show a secret. */
export function sharedSecretWebhook(
  load: () => Promise<WebhookAdapter<SharedSecretConfig>>,
): WebhookDefinition<ConfigSchema<SharedSecretConfig>> {
  return { configSchema: schema, secretFields: ["secrets"], load };
}
