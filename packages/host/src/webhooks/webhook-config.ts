import type { AnyProviderDefinition, AnyWebhookDefinition } from "@getfluxly/email-core";
import type { HostServices } from "../host-services.js";
import { toBinding } from "../providers/seal-secrets.js";
import type { StoredEmailProvider } from "../storage/email-provider-store.js";

/** Whether the webhook works with a secret that we issue; else the relay issues a key that has to be entered. */
export function takesOurSecret({ webhook }: AnyProviderDefinition): boolean {
  return webhook !== undefined && Object.hasOwn(propertiesOf(webhook), "secrets");
}

function propertiesOf({ configSchema }: AnyWebhookDefinition): object {
  return Object(configSchema["~standard"].jsonSchema.input({ target: "draft-2020-12" }).properties);
}

/**
 * The settings with which requests of this provider are verified; undefined while the relay's key has not been entered. A
 * secret of ours that was replaced stays good beside the new one, until the next is made.
 */
export async function openWebhookConfig(
  { vault }: Pick<HostServices, "vault">,
  stored: StoredEmailProvider,
  definition: AnyProviderDefinition,
): Promise<unknown> {
  const owner = { workspaceId: stored.workspace_id, id: stored.id };
  if (stored.webhook_config !== null) {
    return JSON.parse(await vault.open(stored.webhook_config, toBinding(owner, "webhook.config")));
  }
  if (!takesOurSecret(definition)) return undefined;
  return { secrets: [await vault.open(stored.webhook_secret, toBinding(owner, "webhook.secret"))] };
}

/** Sealed, for `webhook_config`. */
export function sealWebhookConfig(
  { vault }: Pick<HostServices, "vault">,
  { workspace_id: workspaceId, id }: StoredEmailProvider,
  config: unknown,
): Promise<string> {
  return vault.seal(JSON.stringify(config), toBinding({ workspaceId, id }, "webhook.config"));
}
