import {
  type EventDraft,
  type ItemReader,
  type JsonObject,
  memberOf,
  readReply,
  textOf,
  textsOf,
  toIsoTime,
} from "@getfluxly/email-core/webhook";
import { readCustomFields } from "./read-custom-fields.js";

type Reading = Pick<EventDraft, "type"> & Partial<EventDraft>;

const severities = { hard: "permanent", soft: "temporary" } as const;

const readers: Readonly<Record<string, (event: JsonObject) => Reading>> = {
  processed: () => ({ type: "accepted" }),
  delivered: (event) => ({ type: "delivered", smtp: replyOf(event) }),
  bounce: (event) => ({
    type: "bounced",
    smtp: replyOf(event),
    evidence: { severity: memberOf(severities, textOf(event.bounce)?.toLowerCase() ?? "") },
  }),
  reject: ({ message }) => {
    const text = textOf(message);
    return {
      type: "rejected",
      reject: { reason: rejectReasonOf(text), ...(text !== undefined && { text }) },
    };
  },
  spam: () => ({ type: "complained", complaint: {} }),
  unsubscribe: () => ({ type: "unsubscribed", subscription: { scope: "global" } }),
  resubscribe: () => ({ type: "resubscribed", subscription: { scope: "global" } }),
  open: (event) => ({ type: "opened", engagement: readEngagement(event) }),
  click: (event) => ({ type: "clicked", engagement: readEngagement(event) }),
};

/** Source: https://support.smtp2go.com/hc/en-gb/articles/223087967-Webhooks, read in October 2026. */
export const readEvent: ItemReader = (event) => {
  const word = textOf(event.event);
  if (word === undefined) return "missing-type";
  const emailId = textOf(event.email_id);
  const bounce = textOf(event.bounce);
  return {
    nativeType: bounce === undefined ? word : `${word}/${bounce}`,
    // `id` is that of the webhook.
    id: [word, emailId, textOf(event.rcpt), textOf(event.time), linkOf(event)],
    relayMessageId: emailId,
    messageId: textOf(event["message-id"]) ?? textOf(event["Message-Id"]),
    recipients: textsOf(event.rcpt),
    occurredAt: toIsoTime(event.time, "Z"),
    ...readCustomFields(event),
    // Text messages and the like share the webhook.
    ...(memberOf(readers, word)?.(event) ?? {
      type: "other",
      ...(event.rcpt === undefined && { scope: "account" }),
    }),
  };
};

/** The pages disagree about its name. */
const linkOf = ({ url, link }: JsonObject) => textOf(url) ?? textOf(link);

const replyOf = ({ message, context }: JsonObject) => readReply({ text: textOf(message) ?? textOf(context) });

/** Three causes share the word: an address that is suppressed, a sender that is not verified, a sandboxed user. */
function rejectReasonOf(text = "") {
  if (/unsubscri/i.test(text)) return "unsubscribed";
  if (/suppress|bounce/i.test(text)) return "suppressed";
  return /verif/i.test(text) ? "policy" : "other";
}

function readEngagement(event: JsonObject): NonNullable<EventDraft["engagement"]> {
  const [url, userAgent, ip] = [linkOf(event), textOf(event["user-agent"]), textOf(event.srchost)];
  return {
    machine: null,
    ...(url !== undefined && { url }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ip !== undefined && { ip }),
  };
}
