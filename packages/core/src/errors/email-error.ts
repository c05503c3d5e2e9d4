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
  readonly code: EmailErrorCode;
  readonly certainty: Certainty;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly actor: Actor;
  readonly stage: string;
  readonly reply: ServerReply | undefined;
  readonly remedy: string;
  readonly issues: readonly Issue[] | undefined;
  readonly rejected: readonly RejectedRecipient[] | undefined;

  constructor(options: EmailErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    const defaults = emailErrorCodes[options.code];
    this.name = "EmailError";
    this.code = options.code;
    this.stage = options.stage;
    this.certainty = options.certainty ?? "not_sent";
    // Sending again is safe only while nothing can have been sent.
    this.retryable = this.certainty === "not_sent" && (options.retryable ?? defaults.retryable);
    this.retryAfterMs = options.retryAfterMs;
    this.actor = options.actor ?? defaults.actor;
    this.remedy = options.remedy ?? defaults.remedy;
    this.reply = options.reply;
    this.issues = options.issues;
    this.rejected = options.rejected;
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

/** The plain data of a failure, without absent fields. */
export function toFailure(failure: Failure): Failure {
  const { name, message, code, certainty, retryable, actor, stage, remedy } = failure;
  return {
    name,
    message,
    code,
    certainty,
    retryable,
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    actor,
    stage,
    ...(failure.reply && { reply: failure.reply }),
    remedy,
    ...(failure.issues && { issues: failure.issues }),
    ...(failure.rejected && { rejected: failure.rejected }),
  };
}
