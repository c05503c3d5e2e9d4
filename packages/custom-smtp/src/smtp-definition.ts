import type { ConfigSchema } from "@getfluxly/email-core";
import { defaultCapabilities, defineProvider, type ProviderDefinition } from "@getfluxly/email-core";
import type { DeliveryOptions } from "./delivery-options.js";
import { type SmtpConfig, type SmtpConfigInput, smtpConfigSchema } from "./smtp-config.js";

type CustomSmtpDefinition = ProviderDefinition<
  "smtp",
  ConfigSchema<SmtpConfigInput, SmtpConfig>,
  ConfigSchema<never>,
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
  });
}

/** Any SMTP relay. */
export const customSmtpDefinition: CustomSmtpDefinition = createCustomSmtpDefinition();
