export { brevoWebhook } from "./brevo-webhook.js";
