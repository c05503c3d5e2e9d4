import { createProblem } from "./problem.js";

const maxBodyBytes = 256 * 1024;

/** Reads a body as UTF-8 and stops as soon as it is too large, whatever its Content-Length says. */
export async function readBodyText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes)
    throw createProblem("body-too-large");
  if (request.body === null) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body.getReader();
  let text = "";
  let bytes = 0;
  for (;;) {
    const chunk = await reader.read().catch(() => {
      throw createProblem("body-unreadable");
    });
    if (chunk.done) return text + decode(() => decoder.decode());
    bytes += chunk.value.byteLength;
    if (bytes > maxBodyBytes) {
      // Not awaited: a sender that never ends would hold the answer back.
      reader.cancel().catch(() => {});
      throw createProblem("body-too-large");
    }
    text += decode(() => decoder.decode(chunk.value, { stream: true }));
  }
}

function decode(run: () => string): string {
  try {
    return run();
  } catch {
    throw createProblem("not-json", { detail: "The body is not valid UTF-8." });
  }
}
