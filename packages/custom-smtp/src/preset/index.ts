export { type AccessFieldOptions, accessField } from "./access-field.js";
export { definePreset, type PresetCapabilities } from "./define-preset.js";
export { portField } from "./port-field.js";
export type {
  Preset,
  PresetConnection,
  PresetFact,
  PresetMessage,
  PresetOptions,
  RelayHeader,
} from "./preset.js";
export { toJsonHeader } from "./to-json-header.js";
