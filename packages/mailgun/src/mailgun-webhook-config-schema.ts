import type { ConfigSchema } from "@getfluxly/email-core";
import * as z from "zod";
import type { MailgunWebhookConfig } from "./webhook/mailgun-webhook.js";

/** The settings of `mailgunWebhook`. */
export const mailgunWebhookConfigSchema: ConfigSchema<MailgunWebhookConfig> = z.strictObject({
  signing_keys: z
    .array(z.string().min(24, "Must have at least 24 characters."))
    .min(1, "At least one is required.")
    .max(4, "At most four: the account's and its parent's, and while they are changed the old ones.")
    .meta({
      title: "Signing keys",
      description: "Settings > API security > HTTP webhook signing key. It is not an API key.",
    }),
  tolerance_seconds: z
    .int()
    .min(300)
    .max(259_200)
    .optional()
    .meta({ title: "Age", description: "How old a signature may be, in seconds. Default: 9 hours." }),
});
