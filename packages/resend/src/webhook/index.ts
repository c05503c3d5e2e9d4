export { type ResendWebhookConfig, resendWebhook } from "./resend-webhook.js";
