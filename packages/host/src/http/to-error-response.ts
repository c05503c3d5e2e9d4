import { isEmailError } from "@getfluxly/email-core";
import { describeError } from "../describe-error.js";
import type { HostServices } from "../host-services.js";
import { createProblem, ProblemError } from "./problem.js";
import type { RequestRecord } from "./request-record.js";
import { toFailureProblem } from "./to-failure-problem.js";

/** Any thrown value as a problem document. What is not meant for the caller goes to the log, and only there. */
export function toErrorResponse(
  error: unknown,
  record: RequestRecord,
  { closing, log }: Pick<HostServices, "closing" | "log">,
): Response {
  const { document, headers } = toProblem(error, closing);
  record.code = document.code;
  if (typeof document.stage === "string") record.stage = document.stage;
  if (document.status === 500) {
    const cause = isEmailError(error) ? error.cause : error;
    log.error(
      { request_id: record.requestId, code: document.code, ...describeError(cause) },
      "request failed",
    );
  }
  return Response.json(
    { ...document, request_id: record.requestId },
    { status: document.status, headers: { ...headers, "content-type": "application/problem+json" } },
  );
}

function toProblem(error: unknown, closing: AbortSignal): ProblemError {
  if (error instanceof ProblemError) return error;
  if (!isEmailError(error)) return createProblem("internal");
  if (error.code !== "aborted") return toFailureProblem(error);
  return createProblem(closing.aborted ? "host-closing" : "client-closed");
}
