import { findHeader, isJsonObject, parseJson, readJson } from "@getfluxly/email-core/webhook";

type Request = Parameters<typeof readJson>[0];

/** `{ "events": [...] }`, `not-a-list` where they are none, or one event a line. A line that cannot be read is one undefined among the others. */
export function readEvents(request: Request): unknown {
  const contentType = findHeader(request, "Content-Type") ?? "";
  if (/jsonl|ndjson|json-lines/i.test(contentType)) {
    const lines = new TextDecoder().decode(request.body).split("\n");
    return lines.filter((line) => line.trim() !== "").map(parseJson);
  }
  const content = readJson(request);
  if (!isJsonObject(content) || !("events" in content)) return content;
  return Array.isArray(content.events) ? content.events : "not-a-list";
}
