import { type EmailError, isEmailError } from "@getfluxly/email-core";

/** What the call rejects with, which has to be of the SDK's own family. */
export async function failureOf(call: Promise<unknown>): Promise<EmailError> {
  let value: unknown;
  try {
    value = await call;
  } catch (error) {
    if (isEmailError(error)) return error;
    throw error;
  }
  throw new Error(`Resolved, where a failure was expected: ${JSON.stringify(value)}`);
}
