import type { Actor, Certainty, Failure, Issue, RejectedRecipient, ServerReply } from "../contract/index.js";
import { type EmailErrorCode, emailErrorCodes } from "./email-error-code.js";

const marker = Symbol.for("getfluxly.email.error");

export interface EmailErrorOptions {
  readonly code: EmailErrorCode;
  readonly message: string;
  readonly stage: string;
  /** Default `not_sent`. */
  readonly certainty?: Certainty | undefined;
  /** These three default to what the code says. */
  readonly actor?: Actor | undefined;
  readonly retryable?: boolean | undefined;
  readonly remedy?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly reply?: ServerReply | undefined;
  readonly issues?: readonly Issue[] | undefined;
  readonly rejected?: readonly RejectedRecipient[] | undefined;
  readonly cause?: unknown;
}

/**
 * The one error of the SDK: `code` says what, `actor` who must act, `certainty` whether the message may be out.
 * Recognise it with `isEmailError`, which also works across two copies of this package; `instanceof` does not.
 */
export class EmailError extends Error implements Failure {
  declare readonly code: EmailErrorCode;
  declare readonly certainty: Certainty;
  declare readonly retryable: boolean;
  declare readonly retryAfterMs?: number | undefined;
  declare readonly actor: Actor;
  declare readonly stage: string;
  declare readonly reply?: ServerReply | undefined;
  declare readonly remedy: string;
  declare readonly issues?: readonly Issue[] | undefined;
  declare readonly rejected?: readonly RejectedRecipient[] | undefined;

  constructor({ message, cause, ...options }: EmailErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    // Copied, because a failure that was data once may have a code of a newer version.
    const defaults = { ...emailErrorCodes[options.code] };
    const { certainty = "not_sent", actor = defaults.actor, remedy = defaults.remedy } = options;
    Object.assign(this, options, {
      name: "EmailError",
      certainty,
      // Sending again is safe only while nothing can have been sent.
      retryable: certainty === "not_sent" && (options.retryable ?? defaults.retryable),
      actor,
      remedy,
    });
    Object.defineProperty(this, marker, { value: true });
  }

  /** Without stack and cause: neither belongs into an answer or a queue. */
  toJSON(): Failure {
    return toFailure(this);
  }
}

/** Whether a thrown value is of this family, whichever copy of the package made it. */
export function isEmailError(value: unknown): value is EmailError {
  return typeof value === "object" && value !== null && marker in value;
}

/** The plain data of a failure, without absent fields; what else someone has put on an error stays behind. */
export function toFailure(failure: Failure): Failure {
  const {
    name,
    message,
    code,
    certainty,
    retryable,
    retryAfterMs,
    actor,
    stage,
    reply,
    remedy,
    issues,
    rejected,
  } = failure;
  return JSON.parse(
    JSON.stringify({
      name,
      message,
      code,
      certainty,
      retryable,
      retryAfterMs,
      actor,
      stage,
      reply,
      remedy,
      issues,
      rejected,
    }),
  );
}
