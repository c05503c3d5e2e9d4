export type { BrevoConfig } from "./brevo-config-schema.js";
export { brevoDefinition, brevoDefinition as default, createBrevoDefinition } from "./brevo-definition.js";
