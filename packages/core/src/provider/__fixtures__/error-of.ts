import { type EmailError, isEmailError } from "../../errors/index.js";

/** The EmailError that a promise rejects with; anything else fails the test. */
export async function errorOf(promise: Promise<unknown>): Promise<EmailError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome && isEmailError(outcome.error)) return outcome.error;
  throw new Error("No EmailError.", { cause: outcome });
}
