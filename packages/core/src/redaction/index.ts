export { redactConfig } from "./redact-config.js";
export { redactText } from "./redact-text.js";
