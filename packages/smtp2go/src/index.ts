export type { Smtp2goConfig, Smtp2goConfigInput } from "./smtp2go-config-schema.js";
export {
  createSmtp2goDefinition,
  smtp2goDefinition,
  smtp2goDefinition as default,
} from "./smtp2go-definition.js";
