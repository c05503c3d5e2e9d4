import {
  type Config,
  type ConfigSchema,
  defineProvider,
  EmailError,
  type Issue,
  type PreparedMessage,
  type ProviderDefinition,
} from "@getfluxly/email-core";
import { findHeaderFaults } from "./find-header-faults.js";
import { findTakenHeaders } from "./find-taken-headers.js";
import type { Preset, PresetManifest, PresetOptions, RelayHeader } from "./preset.js";
import { readOptions } from "./read-options.js";

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
        headersOf: (message) => toHeaders(preset, message, config),
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

/** Throws one error with all that this relay cannot carry. */
function toHeaders<Schema extends ConfigSchema, MessageOptions extends object>(
  preset: Omit<Preset<string, Schema, never, MessageOptions>, "webhook">,
  message: PreparedMessage,
  config: Config<Schema>,
): readonly RelayHeader[] {
  const { displayName, limits } = preset;
  const { recipients = Number.POSITIVE_INFINITY } = limits;
  const { to } = message.envelope;
  if (to.length > recipients) {
    throw new EmailError({
      code: "too-many-recipients",
      message: `${displayName} takes ${recipients} recipients in one message, and this one has ${to.length}.`,
      stage: "message",
    });
  }
  const issues: Issue[] = [];
  const report = (path: string, text: string) => {
    issues.push({ path, message: text });
  };
  const options = readOptions(preset, message, report);
  const metadata = { ...message.metadata, gf_id: message.correlationId };
  const headers = options ? preset.headers({ message, config, options, metadata, report }) : [];
  for (const fault of findHeaderFaults(headers)) report("", fault);
  issues.push(...findTakenHeaders(message, headers));
  if (issues.length === 0) return headers;
  const named = issues.map(({ path, message: text }) => (path ? `${path}: ${text}` : text));
  throw new EmailError({
    code: "message-invalid",
    message: `${displayName} cannot carry this message. ${named.slice(0, 3).join(" ")}`,
    stage: "message",
    issues,
  });
}
