export { describeProvider } from "./describe-provider.js";
export { parseConfig } from "./parse-config.js";
