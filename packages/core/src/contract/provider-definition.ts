import type { Config, ConfigSchema, SecretField } from "./config-schema.js";
import type { DiagnoseOptions, DiagnosisEvent } from "./diagnosis.js";
import type { DomainRecords } from "./domain-records.js";
import type { BatchEmailProvider, EmailProvider } from "./email-provider.js";
import type { ProviderCapabilities } from "./provider-capabilities.js";
import type { ProviderContext } from "./provider-context.js";
import type { AnyWebhookDefinition, WebhookDefinition } from "./webhook-adapter.js";

type ProviderFor<Capabilities extends ProviderCapabilities> = Capabilities["batch"] extends false
  ? EmailProvider
  : BatchEmailProvider;

/** A connector as one value: what a package exports by default and a registry holds. Made by `defineProvider`. */
export interface ProviderDefinition<
  Id extends string,
  Schema extends ConfigSchema,
  WebhookSchema extends ConfigSchema,
  Capabilities extends ProviderCapabilities,
> {
  /** Of the contract, not of the package; checked on load. */
  readonly specificationVersion: "v1";
  /** Also the webhook slug. Ours are bare (`postmark`), third parties' are `vendor.name`. */
  readonly id: Id;
  readonly displayName: string;
  readonly documentationUrl?: string | undefined;
  readonly configSchema: Schema;
  readonly secretFields: readonly SecretField<Schema>[];
  readonly capabilities: Capabilities;
  /** Opens no connection. */
  create(
    config: Config<Schema>,
    context: ProviderContext,
  ): ProviderFor<Capabilities> | Promise<ProviderFor<Capabilities>>;
  /**
   * Explains a set-up stage by stage, so that no host needs to know the vendor. Never throws: it ends with a report, also
   * for settings that `configSchema` or the rules of a sender refuse, since what is wrong with them is the first stage.
   * Neither `settings` nor `context.sender` has been checked.
   */
  diagnose?(
    settings: unknown,
    context: ProviderContext,
    options: DiagnoseOptions,
  ): AsyncIterable<DiagnosisEvent>;
  readonly webhook?: WebhookDefinition<WebhookSchema> | undefined;
  readonly domainRecords?: DomainRecords | undefined;
}

/** The form in which a registry holds any definition. */
export interface AnyProviderDefinition {
  readonly specificationVersion: string;
  readonly id: string;
  readonly displayName: string;
  readonly documentationUrl?: string | undefined;
  readonly configSchema: ConfigSchema;
  readonly secretFields: readonly string[];
  readonly capabilities: ProviderCapabilities;
  create(config: never, context: ProviderContext): EmailProvider | Promise<EmailProvider>;
  diagnose?(
    settings: unknown,
    context: ProviderContext,
    options: DiagnoseOptions,
  ): AsyncIterable<DiagnosisEvent>;
  readonly webhook?: AnyWebhookDefinition | undefined;
  readonly domainRecords?: DomainRecords | undefined;
}
