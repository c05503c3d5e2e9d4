export { redactConfig } from "./redact-config.js";
export { createTextRedactor, redactText } from "./redact-text.js";
