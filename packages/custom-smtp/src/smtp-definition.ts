import type { ConfigSchema } from "@getfluxly/email-core";
import { defaultCapabilities, defineProvider, type ProviderDefinition } from "@getfluxly/email-core";
import type { DeliveryOptions } from "./delivery-options.js";
import { type SmtpConfig, type SmtpConfigInput, smtpConfigSchema } from "./smtp-config.js";
import type { SmtpWebhookConfig } from "./webhook/smtp-webhook.js";
import { smtpWebhookConfigSchema } from "./webhook/smtp-webhook-config-schema.js";

type CustomSmtpDefinition = ProviderDefinition<
  "smtp",
  ConfigSchema<SmtpConfigInput, SmtpConfig>,
  ConfigSchema<SmtpWebhookConfig>,
  typeof capabilities
>;

const capabilities = { ...defaultCapabilities, batch: {} } as const;

/** Any SMTP relay, used as the operator wants. The code that opens sockets is loaded when a provider is created. */
export function createCustomSmtpDefinition(options: DeliveryOptions = {}): CustomSmtpDefinition {
  return defineProvider({
    id: "smtp",
    displayName: "Custom SMTP",
    configSchema: smtpConfigSchema,
    secretFields: ["password"],
    capabilities,
    async create(config, context) {
      const { createSmtpProvider } = await import("./smtp-provider.js");
      return createSmtpProvider(config, context, { delivery: options });
    },
    async *diagnose(settings, context, options) {
      const { diagnose } = await import("./diagnosis/index.js");
      yield* diagnose(settings, context, options);
    },
    webhook: {
      configSchema: smtpWebhookConfigSchema,
      secretFields: ["secrets"],
      load: async () => (await import("./webhook/index.js")).smtpWebhook,
    },
  });
}

/** Any SMTP relay. */
export const customSmtpDefinition: CustomSmtpDefinition = createCustomSmtpDefinition();
