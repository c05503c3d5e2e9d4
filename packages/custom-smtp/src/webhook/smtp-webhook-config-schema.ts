import type { ConfigSchema } from "@getfluxly/email-core";
import * as z from "zod";
import type { SmtpWebhookConfig } from "./smtp-webhook.js";

/** The settings of `smtpWebhook`. */
export const smtpWebhookConfigSchema: ConfigSchema<SmtpWebhookConfig> = z.strictObject({
  secrets: z
    .array(
      z
        .string()
        .regex(/^whsec_[A-Za-z\d+/]{32,}={0,2}$/, "Must be `whsec_` and the base64 of at least 24 octets."),
    )
    .min(1, "At least one is required.")
    .max(2, "At most two, while one is replaced.")
    .meta({ title: "Secrets" }),
});
