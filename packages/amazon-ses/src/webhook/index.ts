export { type AmazonSesWebhookConfig, amazonSesWebhook } from "./amazon-ses-webhook.js";
