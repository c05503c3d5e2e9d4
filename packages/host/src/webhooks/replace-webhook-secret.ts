import type { HostServices } from "../host-services.js";
import { createProblem } from "../http/problem.js";
import { createWebhookSecret } from "../providers/create-webhook-secret.js";
import { toBinding } from "../providers/seal-secrets.js";
import type { StoredEmailProvider } from "../storage/email-provider-store.js";
import { openWebhookConfig, sealWebhookConfig, takesOurSecret } from "./webhook-config.js";

/** A new secret, good at once; the one before stays good until the next is made, so that no event is lost in between. */
export async function replaceWebhookSecret(
  services: HostServices,
  stored: StoredEmailProvider,
): Promise<string> {
  const { emailProviders, registry, vault } = services;
  const definition = await registry.load(stored.provider);
  if (!takesOurSecret(definition)) throw createProblem("webhook-unsupported");
  const owner = { workspaceId: stored.workspace_id, id: stored.id };
  const config: { readonly secrets?: readonly string[] } = Object(
    await openWebhookConfig(services, stored, definition),
  );
  const secret = createWebhookSecret();
  const secrets = [secret, ...(config.secrets ?? []).slice(0, 1)];
  const isStored = await emailProviders.setWebhook(stored, {
    webhook_secret: await vault.seal(secret, toBinding(owner, "webhook.secret")),
    webhook_config: await sealWebhookConfig(services, stored, { ...config, secrets }),
  });
  if (!isStored) throw createProblem("webhook-changed");
  return secret;
}
