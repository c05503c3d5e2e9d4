export { type SendGridWebhookConfig, sendgridWebhook } from "./sendgrid-webhook.js";
