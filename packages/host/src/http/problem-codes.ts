interface ProblemDefaults {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
}

const define = (status: number, title: string, detail: string, remedy: string): ProblemDefaults => ({
  status,
  title,
  detail,
  remedy,
});

/** Every code of the host itself, besides those of the SDK. Each has a heading in the README. */
export const problemCodes = {
  "authentication-missing": define(
    401,
    "No valid API key",
    "The request carries no valid API key.",
    "Send the header `Authorization: Bearer gf_live_...` with a key of your workspace that is not revoked.",
  ),
  "route-unknown": define(
    404,
    "No such address",
    "There is nothing at this address.",
    "Check the path; the routes are listed in the README of the host.",
  ),
  "method-not-allowed": define(
    405,
    "Method not allowed",
    "This address does not take this method.",
    "Use one of the methods in the `Allow` header.",
  ),
  "project-unknown": define(
    404,
    "No such project",
    "This workspace has no project with this id.",
    "Check the project id in the path, and that the key belongs to the project's workspace.",
  ),
  "email-provider-unknown": define(
    404,
    "No such e-mail provider",
    "This workspace has no e-mail provider with this id.",
    "Check the id in the path, and that the key belongs to the provider's workspace.",
  ),
  "media-type-unsupported": define(
    415,
    "Media type not supported",
    "The body is not declared as JSON.",
    "Send the header `Content-Type: application/json`.",
  ),
  "body-too-large": define(
    413,
    "Body too large",
    "The body is larger than 256 KiB.",
    "Send a smaller body: only the fields of this request.",
  ),
  "body-unreadable": define(
    400,
    "Body not readable",
    "The body ended before it was complete.",
    "Send the request again.",
  ),
  "not-json": define(
    400,
    "Not JSON",
    "The body is not valid JSON in UTF-8.",
    "Check quotes, commas and brackets of the body, and that it is complete.",
  ),
  "body-invalid": define(
    422,
    "Invalid fields",
    "Some fields of the body are missing or not valid.",
    "Correct the fields named in `issues`.",
  ),
  "query-invalid": define(
    422,
    "Invalid query",
    "Some query parameters are not valid.",
    "Correct the parameters named in `issues`.",
  ),
  "suppression-unknown": define(
    404,
    "Not suppressed",
    "This address is not on the project's list.",
    "Check the spelling; the list shows all addresses in lower case.",
  ),
  "webhook-unsupported": define(
    422,
    "No such webhook",
    "This connector has no webhook, or none that takes a secret of ours.",
    "See the connector's page for what its relay needs.",
  ),
  "webhook-changed": define(
    409,
    "Changed at the same time",
    "The webhook of this e-mail provider was changed while this request was carried out. Nothing was stored.",
    "Read it again, and repeat the request if it is still wanted.",
  ),
  "test-running": define(
    409,
    "A test is already running",
    "A test of this e-mail provider is already running.",
    "Wait for its answer before you start another one.",
  ),
  "request-invalid": define(
    400,
    "Invalid request",
    "The request could not be read.",
    "Check the address and the headers of the request.",
  ),
  "host-closing": define(
    503,
    "Shutting down",
    "The server is shutting down.",
    "Send the request again in a moment.",
  ),
  "not-ready": define(
    503,
    "Not ready",
    "The database does not answer.",
    "The operator finds the reason in the log.",
  ),
  "client-closed": define(
    499,
    "Caller gone",
    "The caller closed the connection before the answer.",
    "Nothing was stored; send the request again.",
  ),
  internal: define(
    500,
    "Internal error",
    "Something went wrong on our side.",
    "Try again; if it repeats, give `request_id` to the operator, who finds the reason in the log.",
  ),
} as const satisfies Record<string, ProblemDefaults>;

export type ProblemCode = keyof typeof problemCodes;
