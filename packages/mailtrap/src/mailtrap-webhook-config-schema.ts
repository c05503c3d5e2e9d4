import type { ConfigSchema } from "@getfluxly/email-core";
import * as z from "zod";
import type { MailtrapWebhookConfig } from "./webhook/mailtrap-webhook.js";

/** The settings of `mailtrapWebhook`. */
export const mailtrapWebhookConfigSchema: ConfigSchema<MailtrapWebhookConfig> = z.strictObject({
  signing_secrets: z
    .array(z.string().min(24, "Must have at least 24 characters."))
    .min(1, "At least one is required.")
    .max(10, "At most ten.")
    .meta({
      title: "Signing secrets",
      description:
        "Each webhook has its own: of every domain and stream that posts here, and while one is changed both.",
    }),
});
