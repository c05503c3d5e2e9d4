import type { Rule } from "../rule.js";
import { envelopeRules } from "./envelope-rules.js";
import { generalRules } from "./general-rules.js";
import { greetingRules } from "./greeting-rules.js";
import { loginRules } from "./login-rules.js";
import { networkRules } from "./network-rules.js";
import { otherRules } from "./other-rules.js";
import { settingsRules } from "./settings-rules.js";
import { tlsRules } from "./tls-rules.js";

/** All of them, the narrow ones first: the first that fits counts. */
export const rules: readonly Rule[] = [
  ...settingsRules,
  ...networkRules,
  ...greetingRules,
  ...tlsRules,
  ...loginRules,
  ...envelopeRules,
  ...otherRules,
  ...generalRules,
];
