import type { EmailEvent } from "@getfluxly/email-core";
import type { Queryable } from "../storage/database.js";
import { countAdvice, insertEmailEvent } from "../storage/email-event-store.js";
import { updateStatus } from "../storage/message-status-store.js";
import { findSentMessage, type SentMessage } from "../storage/sent-message-store.js";
import { insertSuppression, removeSuppression } from "../storage/suppression-store.js";
import type { StoredWebhookRequest } from "../storage/webhook-store.js";

/** So many temporary failures of different messages within so many days suppress an address. */
const countedFailures = 3;
const countedDays = 14;
/** Of a stream: it is part of an index, which takes no long texts. */
const maxNameLength = 256;

/** One event, once: kept, matched to its message, and its advice followed as far as its proof goes. */
export async function applyEvent(
  transaction: Queryable,
  request: StoredWebhookRequest,
  event: EmailEvent,
): Promise<void> {
  const place = { workspaceId: request.workspace_id, projectId: request.project_id };
  const message = await findSentMessage(transaction, place, request.email_provider_id, event);
  const emailEventId = await insertEmailEvent(transaction, place, {
    emailProviderId: request.email_provider_id,
    sentMessageId: message?.id ?? null,
    proof: request.proof,
    event,
    receivedAt: request.received_at,
  });
  if (emailEventId === undefined || event.test) return;
  const addresses = concerned(event, message);
  // A secret proves less than a signature: whoever knows it could suppress any address, so it counts for our messages only.
  const isProven = request.proof === "signature" || (message !== undefined && wasSentTo(message, addresses));
  if (!isProven) return;
  if (message) for (const address of addresses) await updateStatus(transaction, message.id, address, event);

  const scope = toScope(event);
  for (const address of addresses) {
    const reason = event.reject?.reason ?? event.bounce?.category ?? event.type;
    const entry = { address, scope, reason, email_event_id: emailEventId };
    const { advice } = event.suppression;
    if (advice === "suppress" || advice === "unsubscribe") await insertSuppression(transaction, place, entry);
    else if (advice === "lift") await removeSuppression(transaction, place, address, scope);
    else if (advice === "count") {
      const search = { recipient: address, advice, days: countedDays };
      if ((await countAdvice(transaction, place, search)) >= countedFailures) {
        await insertSuppression(transaction, place, { ...entry, reason: "repeated-failures" });
      }
    }
  }
}

/** The address that it is about. Of several candidates all may have complained, and none may have bounced. */
function concerned(event: EmailEvent, message: SentMessage | undefined): readonly string[] {
  if (event.recipient !== null) return [event.recipient];
  if (event.type === "complained") {
    const candidates = event.recipients.length > 0 ? event.recipients : (message?.recipients ?? []);
    return candidates.filter((address) => message && wasSentTo(message, [address]));
  }
  return event.recipients.length === 0 && message?.recipients.length === 1 ? message.recipients : [];
}

function wasSentTo({ recipients }: SentMessage, addresses: readonly string[]): boolean {
  const known = new Set(recipients.map((address) => address.toLowerCase()));
  return addresses.every((address) => known.has(address.toLowerCase()));
}

/**
 * What a person opted out of, or `all` for an address that gets nothing at all: who left a newsletter still gets an invoice,
 * and who opts in again may still have bounced.
 */
function toScope({ type, subscription, suppression, stream }: EmailEvent): string {
  if (suppression.advice !== "unsubscribe" && type !== "resubscribed") return "all";
  if (!subscription || subscription.scope === "global") return "global";
  return `${subscription.scope}:${(subscription.id ?? stream ?? "").slice(0, maxNameLength)}`;
}
