export type { MailgunConfig, MailgunConfigInput } from "./mailgun-config-schema.js";
export {
  createMailgunDefinition,
  mailgunDefinition,
  mailgunDefinition as default,
} from "./mailgun-definition.js";
export type { MailgunMessageOptions } from "./mailgun-message-options.js";
