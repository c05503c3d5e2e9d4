export {
  type AmazonSesConfig,
  amazonSesDefinition,
  amazonSesDefinition as default,
  createAmazonSesDefinition,
} from "./amazon-ses-definition.js";
export type { AmazonSesMessageOptions } from "./amazon-ses-message-options.js";
