import type { HostServices } from "../host-services.js";
import { createProblem } from "../http/problem.js";
import { toIssuePath } from "../http/to-issue-path.js";
import type { StoredEmailProvider } from "../storage/email-provider-store.js";
import { sealWebhookConfig } from "./webhook-config.js";

/** Stores the settings that a relay's webhook needs, such as the key that the relay signs with. */
export async function setWebhookConfig(
  services: HostServices,
  stored: StoredEmailProvider,
  config: unknown,
): Promise<void> {
  const { webhook } = await services.registry.load(stored.provider);
  if (!webhook) throw createProblem("webhook-unsupported");
  const result = await webhook.configSchema["~standard"].validate(config);
  if (result.issues) {
    const issues = result.issues.map(({ path = [], message }) => ({
      path: toIssuePath(path.map((it) => (typeof it === "object" ? it.key : it))),
      message,
    }));
    throw createProblem("body-invalid", { issues });
  }
  const { webhook_secret } = stored;
  const webhook_config = await sealWebhookConfig(services, stored, result.value);
  const isStored = await services.emailProviders.setWebhook(stored, { webhook_secret, webhook_config });
  if (!isStored) throw createProblem("webhook-changed");
}
