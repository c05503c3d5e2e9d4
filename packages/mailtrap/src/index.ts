export type { MailtrapConfigSchema } from "./mailtrap-config-schema.js";
export {
  createMailtrapDefinition,
  mailtrapDefinition,
  mailtrapDefinition as default,
} from "./mailtrap-definition.js";
export type { MailtrapWebhookConfigSchema } from "./mailtrap-webhook-config-schema.js";
