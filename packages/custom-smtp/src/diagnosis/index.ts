export { type DiagnoseSmtpOptions, diagnose } from "./diagnose.js";
export { explainFailure } from "./explain-failure.js";
export type { Finding, Observation, ObservedSettings } from "./observation.js";
export type { Condition, Rule } from "./rule.js";
export { rules } from "./rules/index.js";
