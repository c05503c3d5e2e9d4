export {
  createFailingProvider,
  type FailingCall,
  type FailingProvider,
  type FailingProviderDefinition,
  type FailingProviderOptions,
} from "./create-failing-provider.js";
export {
  createMemoryProvider,
  type MemoryProvider,
  type MemoryProviderDefinition,
} from "./create-memory-provider.js";
export type { FailingStep, ScriptedError } from "./failing-step.js";
export type { LabelConfig } from "./label-config-schema.js";
