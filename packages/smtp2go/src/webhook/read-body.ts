import { findHeader, readJson } from "@getfluxly/email-core/webhook";

/** JSON, or a form as an object of its fields; the last of a name counts. */
export function readBody(request: Parameters<typeof readJson>[0]): unknown {
  if (!/^application\/x-www-form-urlencoded\b/i.test(findHeader(request, "Content-Type") ?? "")) {
    return readJson(request);
  }
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(request.body)));
}
