export { postmarkWebhook } from "./postmark-webhook.js";
