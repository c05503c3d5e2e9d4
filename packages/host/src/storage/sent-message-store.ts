import type { EmailEvent } from "@getfluxly/email-core";
import { sameMessageId } from "@getfluxly/email-core/webhook";
import * as z from "zod";
import { createId } from "../identifiers/create-id.js";
import type { Queryable } from "./database.js";

const sentMessageRow = z.object({
  id: z.string(),
  email_provider_id: z.string(),
  correlation_id: z.string(),
  message_id: z.string(),
  relay_message_id: z.string().nullable(),
  recipients: z.array(z.string()),
});

export type SentMessage = z.infer<typeof sentMessageRow>;

const columnList = sentMessageRow.keyof().options.join(", ");

interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
}

/** Written before a message leaves: an event may be there before the answer of the relay is. */
export async function insertSentMessage(
  database: Queryable,
  { workspaceId, projectId }: Place,
  message: Omit<SentMessage, "id" | "relay_message_id">,
): Promise<string> {
  const id = createId("msg");
  await database.query(
    `insert into sent_messages (id, workspace_id, project_id, email_provider_id, correlation_id, message_id, recipients)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[id, workspaceId, projectId, message.email_provider_id, message.correlation_id, message.message_id],
      JSON.stringify(message.recipients),
    ],
  );
  return id;
}

export async function setRelayMessageId(
  database: Queryable,
  id: string,
  relayMessageId: string,
): Promise<void> {
  await database.query("update sent_messages set relay_message_id = $2 where id = $1", [id, relayMessageId]);
}

/** The message that an event is about: by our id, then by the relay's, then by the Message-ID. */
export async function findSentMessage(
  database: Queryable,
  { workspaceId, projectId }: Place,
  emailProviderId: string,
  { correlationId, relayMessageId, messageId, relay }: EmailEvent,
): Promise<SentMessage | undefined> {
  const find = async (column: string, value: string, condition = "") => {
    const rows = await database.query(
      `select ${columnList} from sent_messages where workspace_id = $1 and project_id = $2 and ${column} = $3${condition} order by id desc limit 2`,
      condition === "" ? [workspaceId, projectId, value] : [workspaceId, projectId, value, emailProviderId],
    );
    return rows.map((row) => sentMessageRow.parse(row));
  };
  if (correlationId !== null) {
    const [found] = await find("correlation_id", correlationId);
    if (found) return found;
  }
  if (relayMessageId !== null) {
    const found = await find("relay_message_id", relayMessageId, " and email_provider_id = $4");
    const same = found.find((it) => sameMessageId(it.relay_message_id, relayMessageId, relay));
    if (same) return same;
  }
  return messageId === null ? undefined : (await find("message_id", messageId))[0];
}
