export { type MailgunWebhookConfig, mailgunWebhook } from "./mailgun-webhook.js";
