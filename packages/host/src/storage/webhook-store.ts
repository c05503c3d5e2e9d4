import * as z from "zod";
import { createId } from "../identifiers/create-id.js";
import type { Database, Queryable } from "./database.js";

const requestRow = z.object({
  id: z.string(),
  workspace_id: z.string(),
  project_id: z.string(),
  email_provider_id: z.string(),
  slug: z.string(),
  proof: z.enum(["signature", "shared_secret"]),
  url: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body_base64: z.string(),
  received_at: z.date(),
});

/** A request that proved its origin, as it came. */
export type StoredWebhookRequest = z.infer<typeof requestRow>;

const columns = requestRow.keyof().options;
const columnList = columns.join(", ");

export interface WebhookStore {
  /**
   * With the claim, if there is one, in the same transaction: a crash leaves both or neither, so what the relay sends again is
   * never taken for a replay of what was lost. Undefined when somebody else holds the claim; an expired one counts as none.
   */
  insert(
    request: Omit<StoredWebhookRequest, "id" | "received_at">,
    claim?: WebhookClaim | undefined,
  ): Promise<string | undefined>;
  find(id: string): Promise<StoredWebhookRequest | undefined>;
  /** Those that wait, oldest first. */
  listUnprocessed(limit: number): Promise<readonly string[]>;
  /** Claims that have run out, and requests that were processed `keptDays` ago. */
  removeExpired(): Promise<void>;
}

/** Long enough to look into a complaint about a month. The events stay. */
const keptDays = 30;

/** On what may be used once, such as the id of a signed request. */
export interface WebhookClaim {
  readonly key: string;
  readonly ttlSeconds: number;
}

export function createWebhookStore(database: Database): WebhookStore {
  return {
    insert: (request, claim) =>
      database.transaction(async (transaction) => {
        if (claim && !(await hold(transaction, claim))) return undefined;
        const id = createId("whr");
        const values = { ...request, id, headers: JSON.stringify(request.headers) };
        const names = columns.filter((name) => name !== "received_at");
        await transaction.query(
          `insert into webhook_requests (${names.join(", ")}) values (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
          names.map((name) => Object(values)[name]),
        );
        return id;
      }),
    find: async (id) => {
      const [row] = await database.query(`select ${columnList} from webhook_requests where id = $1`, [id]);
      return row && requestRow.parse(row);
    },
    listUnprocessed: async (limit) =>
      (
        await database.query(
          "select id from webhook_requests where processed_at is null order by id limit $1",
          [limit],
        )
      ).map((row) => z.object({ id: z.string() }).parse(row).id),
    removeExpired: async () => {
      await database.query("delete from webhook_claims where expires_at < now()");
      await database.query(
        "delete from webhook_requests where processed_at < now() - $1::int * interval '1 day'",
        [keptDays],
      );
    },
  };
}

/** True for exactly one of all who ask. */
async function hold(transaction: Queryable, { key, ttlSeconds }: WebhookClaim): Promise<boolean> {
  const rows = await transaction.query(
    `insert into webhook_claims (key, expires_at) values ($1, now() + $2::int * interval '1 second')
     on conflict (key) do update set expires_at = excluded.expires_at where webhook_claims.expires_at < now()
     returning key`,
    [key, Math.ceil(ttlSeconds)],
  );
  return rows.length > 0;
}

/** In the transaction that has stored its events. */
export async function markProcessed(
  transaction: Queryable,
  id: string,
  failures: readonly { readonly index: number; readonly code: string }[],
): Promise<void> {
  await transaction.query("update webhook_requests set processed_at = now(), failures = $2 where id = $1", [
    id,
    JSON.stringify(failures),
  ]);
}
