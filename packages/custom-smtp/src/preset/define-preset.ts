import { type ConfigSchema, defineProvider, type ProviderDefinition } from "@getfluxly/email-core";
import type { Preset, PresetManifest, PresetOptions } from "./preset.js";
import { toRelayHeaders } from "./to-relay-headers.js";

export interface PresetCapabilities {
  readonly batch: Readonly<Record<string, never>>;
  readonly tags: false | { readonly maxCount: number };
  readonly metadata: false | { readonly maxCount: number };
  readonly idempotencyKey: false;
}

/** A connector, with the preset's own knowledge beside it. */
export type PresetDefinition<
  Id extends string,
  Schema extends ConfigSchema,
  WebhookSchema extends ConfigSchema = ConfigSchema<never>,
> = ProviderDefinition<Id, Schema, WebhookSchema, PresetCapabilities> & { readonly preset: PresetManifest };

/**
 * Makes a connector out of a relay's data. Needs no Node: the code that opens sockets is loaded when a provider is
 * created.
 */
export function definePreset<
  const Id extends string,
  Schema extends ConfigSchema,
  WebhookSchema extends ConfigSchema = ConfigSchema<never>,
  MessageOptions extends object = Record<never, never>,
>(
  preset: Preset<Id, Schema, WebhookSchema, MessageOptions>,
  { delivery, connection }: PresetOptions = {},
): PresetDefinition<Id, Schema, WebhookSchema> {
  const { id, displayName, documentationUrl, configSchema, secretFields, limits } = preset;
  const definition = {
    ...{ id, displayName, documentationUrl, configSchema, secretFields },
    capabilities: {
      batch: {},
      tags: limits.tags > 0 && { maxCount: limits.tags },
      // One place is that of `gf_id`.
      metadata: limits.metadata > 1 && { maxCount: limits.metadata - 1 },
      idempotencyKey: false,
    },
    async create(config, context) {
      const { createPresetProvider } = await import("./create-preset-provider.js");
      const own = preset.connection(config);
      // Who replaces the way to the relay does not mean its other ports.
      const fallbackPorts = connection ? [] : own.fallbackPorts;
      return createPresetProvider({ ...own, ...connection, fallbackPorts }, context, {
        delivery: { ...preset.delivery, ...delivery },
        headersOf: (message) => toRelayHeaders(preset, message, config),
        relayMessageId: preset.relayMessageId,
        maxMessageBytes: limits.messageBytes,
        preset,
      });
    },
    async *diagnose(settings, context, options) {
      const { diagnosePreset } = await import("./diagnose-preset.js");
      yield* diagnosePreset(preset, connection, settings, context, options);
    },
    webhook: preset.webhook,
    domainRecords: preset.domainRecords,
  } satisfies Omit<ProviderDefinition<Id, Schema, WebhookSchema, PresetCapabilities>, "specificationVersion">;
  // Whether a form has reserved names is only known once it is given; `defineProvider` looks at it then.
  type Definition = Parameters<typeof defineProvider<Id, Schema, PresetCapabilities, WebhookSchema>>[0];
  const { credentialSteps, facts } = preset;
  const manifest = { credentialSteps, limits, delivery: preset.delivery, facts };
  return Object.freeze({ ...defineProvider(definition as Definition), preset: manifest });
}
