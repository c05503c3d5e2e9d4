import type { WebhookFailureCode } from "@getfluxly/email-core";
import { isJsonObject } from "@getfluxly/email-core/webhook";

/** The events of a post; one alone may come without its list. Or why there are none. */
export function readList(content: unknown): readonly unknown[] | WebhookFailureCode {
  if (content === undefined) return "not-json";
  if (!isJsonObject(content)) return "not-an-object";
  const { version = "v1", events } = content;
  if (version !== "v1") return "unsupported-version";
  if (events === undefined) return [content];
  return Array.isArray(events) ? events : "not-a-list";
}
