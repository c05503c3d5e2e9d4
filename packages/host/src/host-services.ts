import type { ProviderContext } from "@getfluxly/email-core";
import type { Vault } from "@getfluxly/email-core/vault";
import type { ConnectorRegistry } from "./connector-registry.js";
import type { HostLog } from "./host-log.js";
import type { ApiKeyStore } from "./storage/api-key-store.js";
import type { Database } from "./storage/database.js";
import type { EmailProviderStore } from "./storage/email-provider-store.js";
import type { ProjectStore } from "./storage/project-store.js";
import type { WebhookStore } from "./storage/webhook-store.js";

/** What the routes work with; made once per host. */
export interface HostServices {
  readonly database: Database;
  readonly projects: ProjectStore;
  readonly apiKeys: ApiKeyStore;
  readonly emailProviders: EmailProviderStore;
  readonly webhooks: WebhookStore;
  readonly vault: Pick<Vault, "seal" | "open">;
  readonly registry: ConnectorRegistry;
  /** What every connector is opened with, besides the sender. */
  readonly context: Partial<Omit<ProviderContext, "sender">>;
  readonly log: HostLog;
  /** Aborted when the host closes: ends all running work. */
  readonly closing: AbortSignal;
  /** Where this host is reached from outside, without a trailing slash; undefined: where the request came in. */
  readonly publicUrl?: string | undefined;
}
