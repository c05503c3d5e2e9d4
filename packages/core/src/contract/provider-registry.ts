import type { ConfigInput, ConfigSchema } from "./config-schema.js";
import type { ManagedProvider } from "./managed-provider.js";
import type { ProviderCapabilities } from "./provider-capabilities.js";
import type { ProviderContext } from "./provider-context.js";
import type { AnyProviderDefinition } from "./provider-definition.js";
import type { Sender } from "./sender.js";
import type { AnyWebhookDefinition } from "./webhook-adapter.js";

/** A definition, a module with it as default export, or such a module as CommonJS looks through `import()`. */
type Loaded =
  | AnyProviderDefinition
  | { readonly default: AnyProviderDefinition | { readonly default: AnyProviderDefinition } };

/** A loader costs nothing until its connector is used. */
export type RegistryEntry = AnyProviderDefinition | (() => Promise<Loaded>);

type Unwrapped<T> = T extends { readonly default: infer D }
  ? D extends { readonly default: infer E }
    ? E
    : D
  : T;

export type DefinitionOf<Entry> = Entry extends () => Promise<infer L> ? Unwrapped<L> : Entry;

type ConfigInputOf<Entry> =
  DefinitionOf<Entry> extends { readonly configSchema: infer Schema extends ConfigSchema }
    ? ConfigInput<Schema>
    : never;

/** Makes an entry under another key than its own id a compile error. */
export type IdsMatchKeys<Entries> = {
  readonly [Key in keyof Entries]: DefinitionOf<Entries[Key]> extends { readonly id: infer Id }
    ? Id extends Key
      ? unknown
      : { readonly id: Key }
    : unknown;
};

export interface OpenOptions<Input> {
  readonly config: Input;
  readonly sender: Sender;
  readonly context?: Partial<Omit<ProviderContext, "sender">> | undefined;
}

/** What a settings page needs to draw a form. */
export interface ProviderDescription {
  readonly id: string;
  readonly displayName: string;
  readonly documentationUrl?: string | undefined;
  /** JSON Schema 2020-12 of the config input; secrets carry `writeOnly: true` and `format: "password"`. */
  readonly form: Record<string, unknown>;
  readonly secretFields: readonly string[];
  readonly capabilities: ProviderCapabilities;
}

/** A host's only way to connectors. */
export interface ProviderRegistry<Entries> {
  readonly ids: readonly (keyof Entries & string)[];
  has(id: string): boolean;
  /** Throws `provider-already-registered` for a taken id. */
  register(id: string, entry: RegistryEntry): void;
  load(id: string): Promise<AnyProviderDefinition>;
  describe(id: string): Promise<ProviderDescription>;
  /** For ids and settings known when the code is written: a misspelt key does not compile. */
  open<Id extends keyof Entries & string>(
    id: Id,
    options: OpenOptions<NoInfer<ConfigInputOf<Entries[Id]>>>,
  ): Promise<ManagedProvider<Id>>;
  /** For stored settings: the same checks, at run time only. */
  openDynamic(id: string, options: OpenOptions<unknown>): Promise<ManagedProvider>;
  /** Undefined for a connector without webhooks. */
  loadWebhook(slug: string): Promise<AnyWebhookDefinition | undefined>;
}
