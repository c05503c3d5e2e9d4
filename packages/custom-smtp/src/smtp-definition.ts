import type { ConfigSchema } from "@getfluxly/email-core";
import { defaultCapabilities, defineProvider, type ProviderDefinition } from "@getfluxly/email-core";
import { type SmtpConfig, type SmtpConfigInput, smtpConfigSchema } from "./smtp-config.js";

/** Any SMTP relay. The code that opens sockets is loaded when a provider is created. */
export const customSmtpDefinition: ProviderDefinition<
  "smtp",
  ConfigSchema<SmtpConfigInput, SmtpConfig>,
  ConfigSchema<never>,
  typeof defaultCapabilities
> = defineProvider({
  id: "smtp",
  displayName: "Custom SMTP",
  configSchema: smtpConfigSchema,
  secretFields: ["password"],
  capabilities: defaultCapabilities,
  async create(config, context) {
    const { createSmtpProvider } = await import("./smtp-provider.js");
    return createSmtpProvider(config, context);
  },
});
