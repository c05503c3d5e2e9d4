export type { RelayHeader } from "../compose/relay-header.js";
export { type AccessFieldOptions, accessField } from "./access-field.js";
export { definePreset, type PresetCapabilities, type PresetDefinition } from "./define-preset.js";
export type {
  Preset,
  PresetConnection,
  PresetFact,
  PresetManifest,
  PresetMessage,
  PresetOptions,
  PresetReply,
} from "./preset.js";
export { sharedSecretWebhook } from "./shared-secret-webhook.js";
export { toJsonHeader } from "./to-json-header.js";
