import * as z from "zod";
import { createId } from "../identifiers/create-id.js";
import type { Queryable } from "./database.js";

const suppressionRow = z.object({
  id: z.string(),
  address: z.string(),
  scope: z.string(),
  reason: z.string(),
  email_event_id: z.string().nullable(),
  created_at: z.date(),
});

export type Suppression = z.infer<typeof suppressionRow>;

interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
}

const columnList = suppressionRow.keyof().options.join(", ");

/** Domains do not differ by case, and mailboxes that do are none that exist. */
const toSuppressedAddress = (address: string): string => address.toLowerCase();

/** The first reason stands. */
export async function insertSuppression(
  database: Queryable,
  { workspaceId, projectId }: Place,
  suppression: Pick<Suppression, "address" | "scope" | "reason" | "email_event_id">,
): Promise<void> {
  const { address, scope, reason, email_event_id } = suppression;
  await database.query(
    `insert into suppressions (id, workspace_id, project_id, address, scope, reason, email_event_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (workspace_id, project_id, address, scope) do nothing`,
    [createId("sup"), workspaceId, projectId, toSuppressedAddress(address), scope, reason, email_event_id],
  );
}

/** Of one scope, or of all. Says how many there were. */
export async function removeSuppression(
  database: Queryable,
  { workspaceId, projectId }: Place,
  address: string,
  scope?: string,
): Promise<number> {
  const rows = await database.query(
    `delete from suppressions where workspace_id = $1 and project_id = $2 and address = $3
     and ($4::text is null or scope = $4) returning id`,
    [workspaceId, projectId, toSuppressedAddress(address), scope ?? null],
  );
  return rows.length;
}

/** Newest first. */
export async function listSuppressions(
  database: Queryable,
  { workspaceId, projectId }: Place,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<readonly Suppression[]> {
  const rows = await database.query(
    `select ${columnList} from suppressions
     where workspace_id = $1 and project_id = $2 and ($3::text is null or id < $3) order by id desc limit $4`,
    [workspaceId, projectId, after ?? null, limit],
  );
  return rows.map((row) => suppressionRow.parse(row));
}
