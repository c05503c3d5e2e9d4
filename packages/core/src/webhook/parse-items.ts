import type {
  EmailEvent,
  WebhookContent,
  WebhookFailure,
  WebhookFailureCode,
  WebhookLimits,
} from "../contract/index.js";
import type { EventDraft } from "./event-draft.js";
import { isTooDeep } from "./is-too-deep.js";
import { isJsonObject, type JsonObject } from "./json-value.js";
import { toEvent } from "./to-event.js";
import { defaultWebhookLimits } from "./webhook-limits.js";

/** Pure. A code says why an item becomes no event. */
export type ItemReader = (item: JsonObject) => EventDraft | readonly EventDraft[] | WebhookFailureCode;

/**
 * Every item of a payload to events, each by itself: what is wrong with one never loses its neighbours. `undefined`, which
 * `readJson` says for what is not JSON, is one failure.
 */
export async function parseItems(
  relay: string,
  items: unknown,
  readItem: ItemReader,
  limits: WebhookLimits = defaultWebhookLimits,
): Promise<WebhookContent> {
  const events: EmailEvent[] = [];
  const failures: WebhookFailure[] = [];
  const list: readonly unknown[] = Array.isArray(items) ? items : [items];
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (index === limits.items) {
      failures.push(toWebhookFailure(index, "too-many", undefined));
      break;
    }
    try {
      const read = readUnlessUnfit(item, readItem, limits);
      if (typeof read === "string") failures.push(toWebhookFailure(index, read, item));
      else if ("type" in read) events.push(await toEvent(relay, read, item));
      else for (const draft of read) events.push(await toEvent(relay, draft, item));
    } catch {
      failures.push(toWebhookFailure(index, "parser-failed", item));
    }
  }
  return { events, failures };
}

function readUnlessUnfit(item: unknown, readItem: ItemReader, limits: WebhookLimits): ReturnType<ItemReader> {
  if (item === undefined) return "not-json";
  if (!isJsonObject(item)) return "not-an-object";
  return isTooDeep(item, limits.depth) ? "too-deep" : readItem(item);
}

/** Its `raw` is in no JSON, like that of an event. */
export function toWebhookFailure(index: number, code: WebhookFailureCode, raw: unknown): WebhookFailure {
  return Object.defineProperty({ index, code }, "raw", { value: raw }) as WebhookFailure;
}
