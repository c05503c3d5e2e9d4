import { findUnsafeValues } from "./find-unsafe-values.js";
import { createProblem } from "./problem.js";
import { readBodyText } from "./read-body-text.js";

const jsonMediaType = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * The request's body as parsed JSON, of at most 256 KiB, 32 levels deep, without keys that reach into prototypes and
 * without text that no database or mail can carry. Throws a problem for anything else.
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  if (!jsonMediaType.test(request.headers.get("content-type")?.trim() ?? "")) {
    throw createProblem("media-type-unsupported");
  }
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    throw createProblem("media-type-unsupported", {
      detail: "The body is compressed, which is not supported here.",
      remedy: "Send the body without `Content-Encoding`.",
    });
  }
  const body = parseJson(await readBodyText(request));
  const issues = findUnsafeValues(body);
  if (issues.length > 0) throw createProblem("body-invalid", { issues });
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, and a body may hold a password.
    throw createProblem("not-json", text.trim() === "" ? { detail: "The body is empty." } : {});
  }
}
