export { type SmtpWebhookConfig, smtpWebhook } from "./smtp-webhook.js";
