import { createId } from "../identifiers/create-id.js";
import { isId } from "../identifiers/is-id.js";
import { createApiKey } from "../keys/create-api-key.js";
import { hashApiKey } from "../keys/hash-api-key.js";
import { type ApiKeyMode, parseApiKeyMode } from "../keys/parse-api-key-mode.js";
import { createApiKeyStore, type StoredApiKey } from "../storage/api-key-store.js";
import type { Database, Queryable } from "../storage/database.js";
import { createProjectStore } from "../storage/project-store.js";

/** What the operator does, in process: no route leads here. */
export interface HostAdministration {
  /** Ids are 1 to 64 letters, digits, `_` and `-`. */
  ensureWorkspace(workspace: { readonly id: string; readonly name?: string }): Promise<void>;
  /** Rejects when the id belongs to another workspace: project ids are unique over all of them. */
  ensureProject(project: {
    readonly id: string;
    readonly workspaceId: string;
    readonly name?: string;
  }): Promise<void>;
  /** The key is in this answer and nowhere else. */
  createApiKey(options: {
    readonly workspaceId: string;
    readonly label: string;
    readonly mode?: ApiKeyMode | undefined;
  }): Promise<IssuedApiKey>;
  /**
   * Makes one key the only live one under its label: the given one, or a new one. For keys that come from the
   * environment, and for those made at each start.
   */
  replaceApiKey(options: {
    readonly workspaceId: string;
    readonly label: string;
    readonly key?: string | undefined;
    readonly mode?: ApiKeyMode | undefined;
  }): Promise<IssuedApiKey>;
  listApiKeys(workspaceId: string): Promise<readonly StoredApiKey[]>;
  /** At once. False when the workspace has no such live key. */
  revokeApiKey(key: { readonly workspaceId: string; readonly id: string }): Promise<boolean>;
}

export interface IssuedApiKey extends StoredApiKey {
  readonly key: string;
}

export function createAdministration(database: Database): HostAdministration {
  const projects = createProjectStore(database);
  const apiKeys = createApiKeyStore(database);
  return {
    ensureWorkspace: async ({ id, name = id }) => {
      await projects.ensureWorkspace({ id: requireId(id), name });
    },
    ensureProject: async ({ id, workspaceId, name = id }) => {
      if (!(await projects.ensureProject({ id: requireId(id), workspaceId, name }))) {
        throw new Error(`The project id "${id}" is taken by another workspace.`);
      }
    },
    createApiKey: ({ workspaceId, label, mode = "live" }) =>
      issueApiKey(database, { workspaceId, label, key: createApiKey(mode) }),
    replaceApiKey: ({ workspaceId, label, mode = "live", key = createApiKey(mode) }) =>
      database.transaction(async (transaction) => {
        await createApiKeyStore(transaction).revokeLabel({ workspaceId, label });
        return issueApiKey(transaction, { workspaceId, label, key });
      }),
    listApiKeys: (workspaceId) => apiKeys.list(workspaceId),
    revokeApiKey: (key) => apiKeys.revoke(key),
  };
}

interface NewApiKey {
  readonly workspaceId: string;
  readonly label: string;
  readonly key: string;
}

async function issueApiKey(
  database: Queryable,
  { workspaceId, label, key }: NewApiKey,
): Promise<IssuedApiKey> {
  const mode = parseApiKeyMode(key);
  if (mode === undefined) {
    throw new Error("An API key must be gf_live_ or gf_test_ and 8 to 200 letters, digits, _ and -.");
  }
  const prefix = `gf_${mode}_`;
  const stored = await createApiKeyStore(database).upsert({
    id: createId("key"),
    workspaceId,
    label,
    mode,
    sha256: hashApiKey(key),
    prefix,
    // Of a short key, four characters would be too large a part.
    lastFour: key.length >= prefix.length + 24 ? key.slice(-4) : null,
  });
  if (!stored) throw new Error("This API key belongs to another workspace.");
  return { ...stored, key };
}

function requireId(id: string): string {
  if (isId(id)) return id;
  throw new Error(`"${id}" is no id: use 1 to 64 letters, digits, _ and -.`);
}
