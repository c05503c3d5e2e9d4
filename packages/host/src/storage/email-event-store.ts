import type { EmailEvent } from "@getfluxly/email-core";
import * as z from "zod";
import { createId } from "../identifiers/create-id.js";
import type { Queryable } from "./database.js";

const emailEventRow = z.object({
  id: z.string(),
  email_provider_id: z.string(),
  sent_message_id: z.string().nullable(),
  proof: z.string(),
  event: z.record(z.string(), z.unknown()),
  received_at: z.date(),
});

export type StoredEmailEvent = z.infer<typeof emailEventRow>;

const columnList = emailEventRow.keyof().options.join(", ");

interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
}

interface NewEmailEvent {
  readonly emailProviderId: string;
  readonly sentMessageId: string | null;
  readonly proof: string;
  readonly event: EmailEvent;
  readonly receivedAt: Date;
}

/** The id of the row; undefined when the event was there already: each counts once, however often it is delivered. */
export async function insertEmailEvent(
  database: Queryable,
  { workspaceId, projectId }: Place,
  { emailProviderId, sentMessageId, proof, event, receivedAt }: NewEmailEvent,
): Promise<string | undefined> {
  const id = createId("evt");
  const rows = await database.query(
    `insert into email_events (id, workspace_id, project_id, email_provider_id, event_id, type, recipient, advice, proof,
       sent_message_id, event, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (workspace_id, project_id, email_provider_id, event_id) do nothing returning id`,
    [
      ...[
        id,
        workspaceId,
        projectId,
        emailProviderId,
        event.id,
        event.type,
        event.recipient?.toLowerCase() ?? null,
      ],
      ...[event.suppression.advice, proof, sentMessageId, JSON.stringify(event), receivedAt],
    ],
  );
  return rows.length > 0 ? id : undefined;
}

/**
 * How many messages to an address have had events of this advice since then. What a shared secret proves counts where the
 * message went to the address, so that forged reports of other messages do not add up.
 */
export async function countAdvice(
  database: Queryable,
  { workspaceId, projectId }: Place,
  { recipient, advice, days }: { readonly recipient: string; readonly advice: string; readonly days: number },
): Promise<number> {
  const [row] = await database.query(
    `select count(distinct message.id)::int as n
     from email_events event join sent_messages message on message.id = event.sent_message_id
     where event.workspace_id = $1 and event.project_id = $2 and event.recipient = $3
       and event.advice = $4 and event.received_at > now() - $5::int * interval '1 day'
       and (event.proof = 'signature' or exists
         (select from jsonb_array_elements_text(message.recipients) as sent (address) where lower(sent.address) = $3))`,
    [workspaceId, projectId, recipient.toLowerCase(), advice, days],
  );
  return z.object({ n: z.number() }).parse(row).n;
}

/** Newest first. */
export async function listEmailEvents(
  database: Queryable,
  { workspaceId, projectId }: Place,
  page: {
    readonly limit: number;
    readonly after?: string | undefined;
    readonly type?: string | undefined;
    readonly matched?: boolean | undefined;
  },
): Promise<readonly StoredEmailEvent[]> {
  const rows = await database.query(
    `select ${columnList} from email_events
     where workspace_id = $1 and project_id = $2 and ($3::text is null or id < $3) and ($4::text is null or type = $4)
       and ($5::boolean is null or (sent_message_id is not null) = $5)
     order by id desc limit $6`,
    [workspaceId, projectId, page.after ?? null, page.type ?? null, page.matched ?? null, page.limit],
  );
  return rows.map((row) => emailEventRow.parse(row));
}
