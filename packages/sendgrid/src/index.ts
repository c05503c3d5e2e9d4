export type { SendGridConfig } from "./sendgrid-config-schema.js";
export {
  createSendGridDefinition,
  sendgridDefinition,
  sendgridDefinition as default,
} from "./sendgrid-definition.js";
export type { SendGridMessageOptions } from "./sendgrid-message-options.js";
