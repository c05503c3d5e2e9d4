export { type MailtrapWebhookConfig, mailtrapWebhook } from "./mailtrap-webhook.js";
