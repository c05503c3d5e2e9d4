export { smtp2goWebhook } from "./smtp2go-webhook.js";
