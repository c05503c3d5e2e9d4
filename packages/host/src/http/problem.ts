import type { Actor, Issue } from "@getfluxly/email-core";
import { type ProblemCode, problemCodes } from "./problem-codes.js";

/** The members of an RFC 9457 problem document, as every error of this API carries them. */
export interface ProblemDocument {
  /** Where the error is explained. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** Where it happened: `request`, or a stage of the SDK. */
  readonly stage: string;
  /** Who has to act. */
  readonly actor: Actor;
  readonly remedy: string;
  readonly issues?: readonly Issue[] | undefined;
  readonly [extension: string]: unknown;
}

/** An error whose document may be shown to the caller as it is. */
export class ProblemError extends Error {
  readonly document: ProblemDocument;
  readonly headers: Readonly<Record<string, string>>;

  constructor(document: ProblemDocument, headers: Readonly<Record<string, string>> = {}) {
    super(document.detail);
    this.name = "ProblemError";
    this.document = document;
    this.headers = headers;
  }
}

interface ProblemOptions {
  readonly detail?: string | undefined;
  readonly remedy?: string | undefined;
  readonly issues?: readonly Issue[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A problem of the host itself; those of the SDK come from `toFailureProblem`. */
export function createProblem(code: ProblemCode, options: ProblemOptions = {}): ProblemError {
  const { status, title, detail, remedy } = problemCodes[code];
  return new ProblemError(
    {
      type: `https://github.com/getfluxly/email-connectors/blob/main/packages/host/README.md#${code}`,
      title,
      status,
      detail: options.detail ?? detail,
      code,
      stage: "request",
      actor: status >= 500 ? "operator" : "caller",
      remedy: options.remedy ?? remedy,
      ...(options.issues && { issues: options.issues }),
    },
    options.headers,
  );
}
