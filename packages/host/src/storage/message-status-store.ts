import type { EmailEvent } from "@getfluxly/email-core";
import { initialStatus, type MessageStatus, reduceStatus } from "@getfluxly/email-core/webhook";
import type { Queryable } from "./database.js";

/** Moves the status of one message at one recipient on by one event; two at the same time wait for each other. */
export async function updateStatus(
  transaction: Queryable,
  sentMessageId: string,
  recipient: string,
  event: EmailEvent,
): Promise<void> {
  await transaction.query(
    "insert into message_statuses (sent_message_id, recipient, status) values ($1, $2, $3) on conflict do nothing",
    [sentMessageId, recipient, JSON.stringify(initialStatus)],
  );
  const [row] = await transaction.query(
    "select status from message_statuses where sent_message_id = $1 and recipient = $2 for update",
    [sentMessageId, recipient],
  );
  // We wrote it.
  const next = reduceStatus(row?.status as MessageStatus, event);
  await transaction.query(
    "update message_statuses set status = $3 where sent_message_id = $1 and recipient = $2",
    [sentMessageId, recipient, JSON.stringify(next)],
  );
}
