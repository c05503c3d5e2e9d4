export { describeProvider } from "./describe-provider.js";
export { parseConfig } from "./parse-config.js";
export { redactConfig } from "./redact-config.js";
export { redactText } from "./redact-text.js";
