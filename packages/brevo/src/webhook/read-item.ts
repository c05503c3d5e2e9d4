import {
  type EventDraft,
  type ItemReader,
  isJsonObject,
  type JsonObject,
  memberOf,
  parseJson,
  readReply,
  secondsToIsoTime,
  textOf,
  textsOf,
  toMetadata,
} from "@getfluxly/email-core/webhook";
import { blockReasonOf } from "./block-reason-of.js";

type Reading = Pick<EventDraft, "type"> & Partial<EventDraft>;

/** The text may begin with Brevo's own word for it: `RecipientError: 550 5.1.1 ...`. */
function replyOf({ reason }: JsonObject) {
  const text = textOf(reason);
  return readReply({ text, code: /^\s*\w+: *([245]\d\d)(?![\d.])/.exec(text ?? "")?.[1] });
}
const opened =
  (machine: true | null, first: boolean) =>
  (item: JsonObject): Reading => ({
    type: "opened",
    engagement: { ...readEngagement(item), machine, first },
  });
const complained = (): Reading => ({ type: "complained", complaint: {} });
const unsubscribed = (): Reading => ({ type: "unsubscribed", subscription: { scope: "global" } });
const bounced =
  (severity: "permanent" | "temporary") =>
  (item: JsonObject): Reading => ({ type: "bounced", smtp: replyOf(item), evidence: { severity } });

/** Some words come in two spellings. */
const readers: Readonly<Record<string, (item: JsonObject) => Reading>> = {
  request: () => ({ type: "accepted" }),
  sent: () => ({ type: "accepted" }),
  delivered: (item) => ({ type: "delivered", smtp: replyOf(item) }),
  deferred: (item) => ({ type: "deferred", smtp: replyOf(item) }),
  soft_bounce: bounced("temporary"),
  hard_bounce: bounced("permanent"),
  // Neither was tried.
  invalid_email: (item) => ({
    type: "rejected",
    reject: { reason: "invalid-recipient", ...textOfReason(item) },
  }),
  blocked: (item) => ({
    type: "rejected",
    reject: { reason: blockReasonOf(textOf(item.reason)), ...textOfReason(item) },
  }),
  error: (item) => ({ type: "failed", smtp: replyOf(item) }),
  spam: complained,
  complaint: complained,
  unsubscribed,
  unsubscribe: unsubscribed,
  // The first open is the "unique" one.
  opened: opened(null, false),
  unique_opened: opened(null, true),
  proxy_open: opened(true, false),
  unique_proxy_open: opened(true, true),
  click: (item) => ({ type: "clicked", engagement: { ...readEngagement(item), machine: null } }),
};

/** Source: https://developers.brevo.com/docs/transactional-webhooks, read in October 2026. */
export const readItem: ItemReader = (item) => {
  const event = textOf(item.event);
  if (event === undefined) return "missing-type";
  const messageId = textOf(item["message-id"]);
  const reading = memberOf(readers, event)?.(item) ?? { type: "other" as const };
  return {
    nativeType: event,
    // `id` is that of the webhook.
    id: [
      event,
      messageId,
      textsOf(item.email).join(),
      // Of marketing events some have no other time; it is good enough to tell two apart.
      textOf(item.ts_epoch) ?? textOf(item.ts_event) ?? textOf(item.ts) ?? textOf(item.date),
      linkOf(item),
      textOf(item.camp_id),
    ],
    relayMessageId: messageId?.replace(/^<|>$/g, ""),
    messageId,
    recipients: textsOf(item.email),
    occurredAt: readTime(item),
    tags: readTags(item),
    metadata: readCustom(item["X-Mailin-custom"]),
    ...reading,
  };
};

/** Below it, `ts_epoch` is in seconds: some samples have it so. */
const smallestMilliseconds = 1e11;

/** `ts` and `date` are in the account's own time zone, which nobody tells. */
function readTime({ ts_epoch, ts_event }: JsonObject): string | null {
  const epoch = Number(textOf(ts_epoch));
  return secondsToIsoTime(epoch < smallestMilliseconds ? epoch : epoch / 1000) ?? secondsToIsoTime(ts_event);
}

/** `tags` is a list, which may be empty beside a `tag`: that is a word, or such a list as JSON text. */
function readTags({ tags, tag }: JsonObject): string[] {
  const given = textsOf(tags);
  if (given.length > 0) return given;
  const list = typeof tag === "string" && tag.startsWith("[") ? parseJson(tag) : undefined;
  return textsOf(Array.isArray(list) ? list : tag);
}

/** Free text, which comes back as it was sent: ours is a JSON object, somebody else's may be anything. */
function readCustom(value: unknown): Readonly<Record<string, string>> {
  const text = textOf(value);
  const object = text === undefined ? value : parseJson(text);
  return isJsonObject(object)
    ? toMetadata(object)
    : toMetadata(text === undefined ? undefined : { "X-Mailin-custom": text });
}

/** `URL` where a campaign was clicked. */
const linkOf = ({ link, URL: url }: JsonObject) => textOf(link) ?? textOf(url);

function textOfReason({ reason }: JsonObject): { text?: string } {
  const text = textOf(reason)?.trim();
  return text ? { text } : {};
}

function readEngagement(item: JsonObject) {
  const [url, userAgent, ip] = [linkOf(item), textOf(item.user_agent), textOf(item.ip)];
  return {
    ...(url !== undefined && { url }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ip !== undefined && { ip }),
  };
}
