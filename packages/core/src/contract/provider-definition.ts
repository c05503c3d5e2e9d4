import type { Config, ConfigSchema, SecretField } from "./config-schema.js";
import type { DomainRecords } from "./domain-records.js";
import type { BatchEmailProvider, EmailProvider, VerifyOptions } from "./email-provider.js";
import type { ProviderCapabilities } from "./provider-capabilities.js";
import type { ProviderContext } from "./provider-context.js";
import type { AnyWebhookDefinition, WebhookDefinition } from "./webhook-adapter.js";

/** One stage of a diagnosis, as it ends. */
export interface StageReport {
  readonly stage: string;
  readonly status: "pass" | "warn" | "fail" | "skipped";
  readonly ms: number;
}

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
  /** Explains a failing set-up stage by stage, so that no host needs to know the vendor. */
  diagnose?(
    config: Config<Schema>,
    context: ProviderContext,
    options: VerifyOptions,
  ): AsyncIterable<StageReport>;
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
  diagnose?(config: never, context: ProviderContext, options: VerifyOptions): AsyncIterable<StageReport>;
  readonly webhook?: AnyWebhookDefinition | undefined;
  readonly domainRecords?: DomainRecords | undefined;
}
