import type { HostServices } from "../host-services.js";

interface Owner {
  readonly workspaceId: string;
  readonly id: string;
}

interface SplitConfig {
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, string | null>;
}

/**
 * Takes the secret fields out of a connector's settings and seals each for this one row. An empty text stays empty and
 * an absent one is null: there is nothing to protect, and `<field>_set` can be told without a key.
 */
export async function sealSecrets(
  vault: HostServices["vault"],
  owner: Owner,
  settings: Readonly<Record<string, unknown>>,
  secretFields: readonly string[],
): Promise<SplitConfig> {
  const secrets: Record<string, string | null> = {};
  for (const field of secretFields) {
    const value = settings[field];
    if (value === undefined) secrets[field] = null;
    else if (value === "") secrets[field] = "";
    else secrets[field] = await vault.seal(JSON.stringify(value), toBinding(owner, `config.${field}`));
  }
  const open = Object.entries(settings).filter(([field]) => !secretFields.includes(field));
  return { config: Object.fromEntries(open), secrets };
}

/** The settings as they were given. Rejects with `ciphertext-invalid` or `key-unknown`. */
export async function openSecrets(
  vault: HostServices["vault"],
  owner: Owner,
  { config, secrets }: SplitConfig,
): Promise<Record<string, unknown>> {
  const settings: Record<string, unknown> = { ...config };
  for (const [field, sealed] of Object.entries(secrets)) {
    if (sealed === "") settings[field] = "";
    else if (sealed !== null) {
      settings[field] = JSON.parse(await vault.open(sealed, toBinding(owner, `config.${field}`)));
    }
  }
  return settings;
}

/** Ties a sealed text to its place: moved to another workspace, row or field it does not open. */
export const toBinding = ({ workspaceId, id }: Owner, field: string) => ({
  tenant: workspaceId,
  provider: id,
  field,
});
