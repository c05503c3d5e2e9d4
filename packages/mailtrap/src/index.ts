export type { MailtrapConfig, MailtrapConfigInput } from "./mailtrap-config-schema.js";
export {
  createMailtrapDefinition,
  mailtrapDefinition,
  mailtrapDefinition as default,
} from "./mailtrap-definition.js";
