import type {
  AnyProviderDefinition,
  ManagedProvider,
  OpenOptions,
  ProviderDescription,
} from "@getfluxly/email-core";

/** The part of a provider registry that the host uses, for connectors known only at run time. */
export interface ConnectorRegistry {
  readonly ids: readonly string[];
  has(id: string): boolean;
  load(id: string): Promise<AnyProviderDefinition>;
  describe(id: string): Promise<ProviderDescription>;
  openDynamic(id: string, options: OpenOptions<unknown>): Promise<ManagedProvider>;
}
