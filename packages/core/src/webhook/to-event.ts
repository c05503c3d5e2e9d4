import type { EmailEvent } from "../contract/index.js";
import { adviseSuppression } from "./advise-suppression.js";
import { digestId } from "./digest-id.js";
import type { EventDraft } from "./event-draft.js";
import { judgeBounce } from "./judge-bounce.js";
import { toBareMessageId } from "./same-message-id.js";
import { toMetadata } from "./to-metadata.js";

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

/** Completes a draft: id, bounce, advice, correlation, and the defaults. `raw` is the relay's item as it came. */
export async function toEvent(relay: string, draft: EventDraft, raw: unknown): Promise<EmailEvent> {
  const id = typeof draft.id === "string" ? `${relay}:${draft.id}` : await digestId(relay, draft.id);
  const { recipients: given = [] } = draft;
  const recipients = given.length > 1 ? [...new Set(given)] : given;
  const isExact = recipients.length === 1;
  const messageId = toBareMessageId(draft.messageId);
  const metadata = draft.metadata ?? toMetadata(undefined);
  const event: Mutable<Omit<EmailEvent, "raw">> = {
    id,
    type: draft.type,
    nativeType: draft.nativeType,
    relay,
    scope: draft.scope ?? "recipient",
    relayEventId: draft.relayEventId ?? null,
    relayMessageId: draft.relayMessageId ?? null,
    messageId,
    correlationId: metadata.gf_id ?? draft.correlationId ?? findUlid(messageId),
    recipient: isExact ? (recipients[0] ?? null) : null,
    recipients,
    recipientCertainty: isExact ? "exact" : recipients.length > 1 ? "one-of" : "none",
    occurredAt: draft.occurredAt ?? null,
    suppression: { advice: "none" },
    tags: draft.tags ?? [],
    metadata,
    test: draft.test ?? false,
  };
  // One by one, so that what a relay does not tell is absent and not undefined.
  if (draft.smtp) event.smtp = draft.smtp;
  if (draft.type === "bounced") event.bounce = judgeBounce({ ...draft.evidence, reply: draft.smtp });
  // Temporary by its nature, whatever code the other server gave.
  if (draft.type === "deferred") {
    event.bounce = judgeBounce({ severity: "temporary", ...draft.evidence, reply: draft.smtp });
  }
  if (draft.reject) event.reject = draft.reject;
  if (draft.engagement) event.engagement = draft.engagement;
  if (draft.subscription) event.subscription = draft.subscription;
  if (draft.complaint) event.complaint = draft.complaint;
  if (draft.attempt !== undefined) event.attempt = draft.attempt;
  if (draft.stream !== undefined) event.stream = draft.stream;
  event.suppression = { advice: adviseSuppression(event) };
  return Object.defineProperty(event, "raw", { value: raw }) as EmailEvent;
}

/** Our Message-IDs begin with our correlation id, a ULID (`createUlid`). */
function findUlid(messageId: string | null): string | null {
  return /^([0-7][\dA-HJKMNP-TV-Z]{25})@/.exec(messageId ?? "")?.[1] ?? null;
}
