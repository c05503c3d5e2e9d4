import * as z from "zod";
import type { Queryable } from "./database.js";

const emailProviderRow = z.object({
  id: z.string(),
  workspace_id: z.string(),
  project_id: z.string(),
  provider: z.string(),
  display_name: z.string(),
  from_email: z.string(),
  from_name: z.string().nullable(),
  reply_to: z.string().nullable(),
  /** The connector's settings without its secret fields. */
  config: z.record(z.string(), z.unknown()),
  /** Each secret field of the connector with its sealed text; empty if it was given empty, null if it was left out. */
  secrets: z.record(z.string(), z.string().nullable()),
  /** Sealed. */
  webhook_secret: z.string(),
  /** Sealed JSON of the webhook's settings; null until a key that the relay issues has been entered. */
  webhook_config: z.string().nullable(),
  verified: z.boolean(),
  verified_at: z.date().nullable(),
  encrypted: z.boolean(),
  warnings: z.array(z.string()),
  created_at: z.date(),
});

export type StoredEmailProvider = z.infer<typeof emailProviderRow>;

const columns = emailProviderRow.keyof().options;
const columnList = columns.join(", ");
const placeholders = columns.map((_, index) => `$${index + 1}`).join(", ");
const jsonColumns: readonly string[] = ["config", "secrets", "warnings"];

/** Every method takes the workspace and sees nothing outside it. */
export interface EmailProviderStore {
  insert(provider: StoredEmailProvider): Promise<void>;
  find(key: EmailProviderKey): Promise<StoredEmailProvider | undefined>;
  /** Newest first; `after` is the id of the last one already seen. */
  list(page: EmailProviderPage): Promise<readonly StoredEmailProvider[]>;
  /** All of a connector in a project, whatever its workspace: a relay knows the project only. Newest first, at most 20. */
  listForWebhook(place: {
    readonly projectId: string;
    readonly provider: string;
  }): Promise<readonly StoredEmailProvider[]>;
  /** False when it is not as it was read: somebody else changed it since, or removed it. */
  setWebhook(read: StoredEmailProvider, webhook: StoredWebhook): Promise<boolean>;
  /** False when there was none. */
  remove(key: EmailProviderKey): Promise<boolean>;
}

type StoredWebhook = Pick<StoredEmailProvider, "webhook_secret" | "webhook_config">;

interface EmailProviderKey {
  readonly workspaceId: string;
  readonly id: string;
}

interface EmailProviderPage {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly limit: number;
  readonly after?: string | undefined;
}

export function createEmailProviderStore(database: Queryable): EmailProviderStore {
  const read = async (sql: string, parameters: readonly unknown[]) =>
    (await database.query(sql, parameters)).map((row) => emailProviderRow.parse(row));
  return {
    insert: async (provider) => {
      const values = columns.map((column) =>
        jsonColumns.includes(column) ? JSON.stringify(provider[column]) : provider[column],
      );
      await database.query(`insert into email_providers (${columnList}) values (${placeholders})`, values);
    },
    find: async ({ workspaceId, id }) =>
      (
        await read(`select ${columnList} from email_providers where workspace_id = $1 and id = $2`, [
          workspaceId,
          id,
        ])
      )[0],
    list: ({ workspaceId, projectId, limit, after }) =>
      read(
        `select ${columnList} from email_providers
         where workspace_id = $1 and project_id = $2 and ($3::text is null or id < $3)
         order by id desc limit $4`,
        [workspaceId, projectId, after ?? null, limit],
      ),
    listForWebhook: ({ projectId, provider }) =>
      read(
        `select ${columnList} from email_providers where project_id = $1 and provider = $2 order by id desc limit 20`,
        [projectId, provider],
      ),
    setWebhook: async (read, { webhook_secret, webhook_config }) => {
      const rows = await database.query(
        `update email_providers set webhook_secret = $3, webhook_config = $4
         where workspace_id = $1 and id = $2 and webhook_secret = $5 and webhook_config is not distinct from $6
         returning id`,
        [
          read.workspace_id,
          read.id,
          webhook_secret,
          webhook_config,
          read.webhook_secret,
          read.webhook_config,
        ],
      );
      return rows.length > 0;
    },
    remove: async ({ workspaceId, id }) => {
      const rows = await database.query(
        "delete from email_providers where workspace_id = $1 and id = $2 returning id",
        [workspaceId, id],
      );
      return rows.length > 0;
    },
  };
}
