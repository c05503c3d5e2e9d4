import type { BatchEmailProvider, PreparedMessage, ProviderContext } from "@getfluxly/email-core";
import type { DeliveryOptions } from "../delivery-options.js";
import { createSmtpProvider } from "../smtp-provider.js";
import type { PresetConnection, RelayHeader } from "./preset.js";

interface PresetProviderOptions {
  readonly delivery: DeliveryOptions;
  /** Throws for a message that this relay cannot carry. */
  readonly headersOf: (message: PreparedMessage) => readonly RelayHeader[];
  readonly relayMessageId: RegExp | null;
}

/** The SMTP connector, told what is particular about this relay. */
export function createPresetProvider(
  { host, port, tlsMode, username, password }: PresetConnection,
  context: ProviderContext,
  { delivery, headersOf, relayMessageId }: PresetProviderOptions,
): BatchEmailProvider {
  const config = { smtp_host: host, smtp_port: port, smtp_secure: tlsMode, username, password };
  return createSmtpProvider(config, context, {
    delivery,
    headersOf,
    findRelayMessageId: (text) => relayMessageId?.exec(text)?.[1],
  });
}
