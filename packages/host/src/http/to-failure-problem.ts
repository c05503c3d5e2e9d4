import type { Failure } from "@getfluxly/email-core";
import { ProblemError } from "./problem.js";
import { toWireFailure } from "./to-wire-failure.js";

/** Faults that neither another setting nor another attempt of the caller can repair. */
const operatorCodes: readonly string[] = [
  "provider-load-failed",
  "definition-invalid",
  "specification-version-unsupported",
  "key-invalid",
  "key-unknown",
];

/** A failure of the SDK as a problem document, with what else is known of it. */
export function toFailureProblem(
  failure: Failure,
  extensions: Readonly<Record<string, unknown>> = {},
): ProblemError {
  const { message, documentation_url, ...rest } = toWireFailure(failure);
  return new ProblemError({
    ...rest,
    ...extensions,
    type: documentation_url,
    title: toTitle(rest.code),
    status: operatorCodes.includes(rest.code) ? 500 : 422,
    detail: message,
  });
}

const toTitle = (code: string): string => {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
