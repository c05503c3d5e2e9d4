import { type Certainty, EmailError } from "@getfluxly/email-core";

export function toAbortedError(signal: AbortSignal, stage: string, certainty: Certainty): EmailError {
  return new EmailError({
    code: "aborted",
    stage,
    certainty,
    message: "The caller ended the call.",
    cause: signal.reason,
  });
}
