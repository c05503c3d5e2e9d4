import type { StoredEmailProvider } from "../storage/email-provider-store.js";

/**
 * A stored provider as the API shows it: the connector's settings flat beside the common fields, and of each secret
 * field only whether it is set.
 */
export function toProviderView(stored: StoredEmailProvider): Record<string, unknown> {
  const own = {
    id: stored.id,
    project_id: stored.project_id,
    provider: stored.provider,
    display_name: stored.display_name,
    from_email: stored.from_email,
    from_name: stored.from_name,
    reply_to: stored.reply_to,
  };
  const state = {
    // Nothing is stored before the relay has answered.
    reachable: true,
    verified: stored.verified,
    verified_at: stored.verified_at?.toISOString() ?? null,
    authenticated: stored.verified,
    encrypted: stored.encrypted,
    warnings: stored.warnings,
    created_at: stored.created_at.toISOString(),
  };
  const secretsSet = Object.entries(stored.secrets).map(([field, sealed]) => [
    `${field}_set`,
    Boolean(sealed),
  ]);
  // `own` twice: it comes first, and no field of a connector can take its place.
  return { ...own, ...stored.config, ...Object.fromEntries(secretsSet), ...state, ...own };
}
