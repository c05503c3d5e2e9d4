import { hashApiKey } from "../keys/hash-api-key.js";
import { parseApiKeyMode } from "../keys/parse-api-key-mode.js";
import type { ApiKeyStore } from "../storage/api-key-store.js";
import type { Call } from "./application.js";
import { createProblem } from "./problem.js";

/**
 * The workspace that the caller's key belongs to. Missing, malformed, unknown and revoked keys get the same answer,
 * so that nobody learns which keys exist.
 */
export async function authenticate(call: Call, apiKeys: ApiKeyStore): Promise<string> {
  const key = /^Bearer +(\S+)$/i.exec(call.req.header("authorization") ?? "")?.[1];
  const apiKey = key && parseApiKeyMode(key) ? await apiKeys.findLive(hashApiKey(key)) : undefined;
  if (!apiKey) {
    throw createProblem("authentication-missing", {
      headers: { "www-authenticate": 'Bearer realm="email-host"' },
    });
  }
  call.env.workspaceId = apiKey.workspace_id;
  return apiKey.workspace_id;
}
