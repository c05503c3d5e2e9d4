import * as z from "zod";
import type { Queryable } from "./database.js";

const apiKeyRow = z.object({
  id: z.string(),
  workspace_id: z.string(),
  label: z.string(),
  mode: z.enum(["live", "test"]),
  prefix: z.string(),
  last_four: z.string().nullable(),
  created_at: z.date(),
  revoked_at: z.date().nullable(),
});

/** A key as it may be shown: the key itself is never stored. */
export interface StoredApiKey {
  readonly id: string;
  readonly workspace_id: string;
  readonly label: string;
  readonly mode: "live" | "test";
  readonly prefix: string;
  readonly last_four: string | null;
  readonly created_at: Date;
  /** Null while the key is live. */
  readonly revoked_at: Date | null;
}

const columns = "id, workspace_id, label, mode, prefix, last_four, created_at, revoked_at";

export interface ApiKeyStore {
  /** The live key with this hash, of any workspace: this is how a caller's workspace is found. */
  findLive(sha256: string): Promise<StoredApiKey | undefined>;
  /** Newest first, revoked ones included. */
  list(workspaceId: string): Promise<readonly StoredApiKey[]>;
  /** Stores a key, or makes the same key of the same workspace live again; undefined if another workspace has it. */
  upsert(key: NewApiKey): Promise<StoredApiKey | undefined>;
  /** Revokes one key by id; false when the workspace has no such live key. */
  revoke(key: { readonly workspaceId: string; readonly id: string }): Promise<boolean>;
  /** Revokes all live keys under a label. */
  revokeLabel(key: { readonly workspaceId: string; readonly label: string }): Promise<void>;
}

interface NewApiKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly label: string;
  readonly mode: "live" | "test";
  readonly sha256: string;
  readonly prefix: string;
  readonly lastFour: string | null;
}

export function createApiKeyStore(database: Queryable): ApiKeyStore {
  const read = async (sql: string, parameters: readonly unknown[]) =>
    (await database.query(sql, parameters)).map((row) => apiKeyRow.parse(row));
  return {
    findLive: async (sha256) =>
      (await read(`select ${columns} from api_keys where sha256 = $1 and revoked_at is null`, [sha256]))[0],
    list: (workspaceId) =>
      read(`select ${columns} from api_keys where workspace_id = $1 order by id desc`, [workspaceId]),
    upsert: async (key) =>
      (
        await read(
          `insert into api_keys (id, workspace_id, label, mode, sha256, prefix, last_four)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (sha256) do update set revoked_at = null, label = excluded.label
             where api_keys.workspace_id = excluded.workspace_id
           returning ${columns}`,
          [key.id, key.workspaceId, key.label, key.mode, key.sha256, key.prefix, key.lastFour],
        )
      )[0],
    revoke: async ({ workspaceId, id }) => {
      const rows = await database.query(
        `update api_keys set revoked_at = now()
         where workspace_id = $1 and id = $2 and revoked_at is null returning id`,
        [workspaceId, id],
      );
      return rows.length > 0;
    },
    revokeLabel: async ({ workspaceId, label }) => {
      await database.query(
        "update api_keys set revoked_at = now() where workspace_id = $1 and label = $2 and revoked_at is null",
        [workspaceId, label],
      );
    },
  };
}
