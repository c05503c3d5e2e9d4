import { type Actor, type Certainty, emailErrorCodes, type Failure, type Issue } from "@getfluxly/email-core";
import { toWireRejection, toWireReply, type WireRejection, type WireReply } from "./to-wire-rejection.js";

/** A failure in the spelling of HTTP bodies. */
export interface WireFailure {
  readonly code: string;
  readonly message: string;
  readonly stage: string;
  readonly actor: Actor;
  readonly remedy: string;
  readonly certainty: Certainty;
  readonly retryable: boolean;
  readonly retry_after_ms?: number;
  readonly reply?: WireReply;
  readonly rejected?: readonly WireRejection[];
  readonly issues?: readonly Issue[];
  readonly documentation_url: string;
}

export function toWireFailure(failure: Failure): WireFailure {
  if (failure.code === "relay-not-permitted") return uniformRefusal();
  return {
    code: failure.code,
    message: failure.message,
    stage: failure.stage,
    actor: failure.actor,
    remedy: failure.remedy,
    certainty: failure.certainty,
    retryable: failure.retryable,
    ...(failure.retryAfterMs !== undefined && { retry_after_ms: failure.retryAfterMs }),
    ...(failure.reply && { reply: toWireReply(failure.reply) }),
    ...(failure.rejected && { rejected: failure.rejected.map(toWireRejection) }),
    ...(failure.issues && { issues: failure.issues }),
    documentation_url: toDocumentationUrl(failure.code),
  };
}

/**
 * A refusal by the relay network policy always looks the same: anything that differed with the target would let a
 * caller map the operator's network.
 */
function uniformRefusal(): WireFailure {
  const code = "relay-not-permitted";
  const { actor, remedy } = emailErrorCodes[code];
  return {
    code,
    message: "The relay's network is not one that this service may connect to.",
    stage: "network",
    actor,
    remedy,
    certainty: "not_sent",
    retryable: false,
    documentation_url: toDocumentationUrl(code),
  };
}

const toDocumentationUrl = (code: string): string =>
  `https://github.com/getfluxly/email-connectors/blob/main/docs/reference/errors/${code}.md`;
