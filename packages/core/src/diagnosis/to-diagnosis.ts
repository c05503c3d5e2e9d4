import type { Actor, Diagnosis, Failure } from "../contract/index.js";

/**
 * A failure in the form of a diagnosis, by what it says about itself. For what no rule knows, and for connectors that have
 * no rules: hence `ruleId` null and the words of the failure.
 */
export function toDiagnosis(failure: Failure): Diagnosis {
  const { actor, code, issues, message, remedy, reply, retryable, retryAfterMs, stage } = failure;
  return {
    ruleId: null,
    stage,
    // A wrong explanation is worse than none: nothing but the failure's own code speaks here.
    confidence: code === "config-invalid" || code === "sender-invalid" ? "confirmed" : "possible",
    actor,
    place: retryable ? "wait" : places[actor],
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    title: titles[actor],
    cause: message,
    steps: [remedy],
    links: [],
    alternatives: [],
    ...(reply && { reply }),
    ...(issues && { issues }),
  };
}

const places: Readonly<Record<Actor, Diagnosis["place"]>> = {
  recipient: "form",
  message: "form",
  configuration: "form",
  caller: "form",
  relay: "relay_console",
  network: "own_network",
  operator: "own_network",
};

const titles: Readonly<Record<Actor, string>> = {
  recipient: "The recipient was refused",
  message: "The message was refused",
  configuration: "The settings do not work",
  caller: "The check did not run to its end",
  relay: "The relay does not work as it should",
  network: "The network does not let us through",
  operator: "This service is not set up for it",
};
