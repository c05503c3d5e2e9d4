import type { Observation } from "./observation.js";
import type { Condition, Rule } from "./rule.js";

/** Whether a rule's own condition holds: stage, code, status, then words. */
export function matches({ when }: Rule, observation: Observation): boolean {
  return when.some((condition) => holds(condition, observation));
}

function holds(condition: Condition, observation: Observation): boolean {
  const { failure, stage, systemCode } = observation;
  const { reply } = failure;
  const { at, code, system, reply: replies, enhanced, text, that } = condition;
  return (
    (!at || at.includes(stage)) &&
    (!code || code.some((it) => it === failure.code)) &&
    (!system || (systemCode !== undefined && system.includes(systemCode))) &&
    (!replies || (reply !== undefined && replies.includes(reply.code))) &&
    (!enhanced || enhanced.test(reply?.enhancedStatus ?? "")) &&
    (!text || text.test(reply?.text ?? "")) &&
    (!that || that(observation))
  );
}
