import type { ConfigSchema } from "@getfluxly/email-core";
import * as z from "zod";
import type { SendGridWebhookConfig } from "./webhook/index.js";

export type SendGridWebhookConfigSchema = ConfigSchema<SendGridWebhookConfig>;

/** The beginning of every P-256 key in SPKI (RFC 5480), in base64; the two coordinates follow. */
const p256 = /^MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE[A-Za-z0-9+/]{86}==$/;

const publicKey = z
  .string()
  .refine((text) => p256.test(text.replace(/-----(?:BEGIN|END) PUBLIC KEY-----|\s/g, "")), {
    error: ({ input }) =>
      String(input).startsWith("SG.")
        ? "Is an API key: SendGrid shows the verification key where the signature is switched on."
        : "Must be the verification key of the signed event webhook, which begins with MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD.",
  });

/** The settings of `sendgridWebhook`. */
export const sendgridWebhookConfigSchema: SendGridWebhookConfigSchema = z.strictObject({
  public_keys: z
    .array(publicKey)
    .min(1, "At least one is required.")
    .max(2, "At most two, while one takes the place of the other.")
    .meta({
      title: "Verification keys",
      description: "Settings > Mail Settings > Event Webhooks, your webhook, Signature Verification.",
    }),
  tolerance_seconds: z
    .int()
    .min(300)
    .max(259_200)
    .optional()
    .meta({ title: "Age", description: "How old a signature may be, in seconds. Default: one day." }),
});
