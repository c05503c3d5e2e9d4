import type { WebhookRequest } from "../contract/index.js";
import { WebhookError } from "./webhook-error.js";

/** Undefined when absent, `""` when empty. Twice the same header is refused: which one a proxy believed is unknown. */
export function findHeader(request: WebhookRequest, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const values = request.headers.filter(([header]) => header.toLowerCase() === wanted);
  if (values.length > 1) throw new WebhookError("malformed", `The request has the header ${name} twice.`);
  return values[0]?.[1].trim();
}

/** The value of a header that proves something: absent and empty are `missing`. */
export function requireHeader(request: WebhookRequest, name: string): string {
  const value = findHeader(request, name);
  if (value) return value;
  throw new WebhookError("missing", `The request has ${value === "" ? "an empty" : "no"} header ${name}.`);
}
