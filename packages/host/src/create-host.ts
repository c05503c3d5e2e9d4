import type { Vault } from "@getfluxly/email-core/vault";
import { createAdministration, type HostAdministration } from "./administration/create-administration.js";
import type { ConnectorRegistry } from "./connector-registry.js";
import { type HostLog, silentLog } from "./host-log.js";
import type { HostServices } from "./host-services.js";
import { createApplication } from "./http/create-application.js";
import { createRequestHandler } from "./http/create-request-handler.js";
import { createApiKeyStore } from "./storage/api-key-store.js";
import type { Database } from "./storage/database.js";
import { createEmailProviderStore } from "./storage/email-provider-store.js";
import { migrate } from "./storage/migrate.js";
import { createProjectStore } from "./storage/project-store.js";
import { createWebhookStore } from "./storage/webhook-store.js";
import { createWebhookProcessor } from "./webhooks/create-webhook-processor.js";
import { startCleanUp } from "./webhooks/start-clean-up.js";

export interface HostOptions {
  /** Stays the caller's: closing the host does not close it. */
  readonly database: Database;
  /** Made by `createVault`; seals passwords and webhook secrets. */
  readonly vault: Pick<Vault, "seal" | "open">;
  readonly registry: ConnectorRegistry;
  /** Made by `createRelayNetworkPolicy`. Default: relays at public addresses only. */
  readonly relayNetwork?: RelayNetwork | undefined;
  /** PEM certificates that relays may be proven with besides the system's. */
  readonly certificateAuthorities?: readonly string[] | undefined;
  /** The name given in EHLO. */
  readonly clientName?: string | undefined;
  /** Where the host is reached from outside, such as `https://mail.example.com`. Default: where a request came in. */
  readonly publicUrl?: string | undefined;
  /** A pino logger fits. Default: silent. */
  readonly log?: HostLog | undefined;
}

export interface RelayNetwork {
  permitsAddress(address: string, port: number): boolean;
  permitsPlaintext(address: string, port: number): boolean;
}

export interface Host {
  /** The whole REST API; mount it anywhere. Never rejects. */
  fetch(request: Request): Promise<Response>;
  readonly administration: HostAdministration;
  /** Ends running verifications and tests, answers later requests with 503, resolves when all have been answered. */
  close(): Promise<void>;
}

/** Makes the REST API over a database, which is brought to the current schema first. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { clientName, database, log = silentLog, publicUrl, registry, relayNetwork, vault } = options;
  await migrate(database);
  const closing = new AbortController();
  const services: HostServices = {
    database,
    vault,
    registry,
    log,
    projects: createProjectStore(database),
    apiKeys: createApiKeyStore(database),
    emailProviders: createEmailProviderStore(database),
    webhooks: createWebhookStore(database),
    closing: closing.signal,
    publicUrl: publicUrl?.replace(/\/+$/, ""),
    context: {
      now: () => new Date(),
      certificateAuthorities: options.certificateAuthorities ?? [],
      ...(clientName !== undefined && { clientName }),
      ...(relayNetwork && {
        permitsAddress: (address: string, port: number) => relayNetwork.permitsAddress(address, port),
        permitsPlaintext: (address: string, port: number) => relayNetwork.permitsPlaintext(address, port),
      }),
      // The event alone: what a connector puts into the fields is not ours to vouch for.
      log: (level, event) => log[level === "warn" ? "warn" : "info"]({ event }, "connector"),
    },
  };
  const processor = createWebhookProcessor(services);
  const { fetch, settle } = createRequestHandler(createApplication(services, processor), services);
  const resumed = processor.resume().catch((error: unknown) => {
    log.error({ name: error instanceof Error ? error.name : typeof error }, "webhooks not resumed");
  });
  const cleanUp = startCleanUp(services);
  return {
    fetch,
    administration: createAdministration(database),
    close: async () => {
      closing.abort();
      await settle();
      await resumed;
      await cleanUp.stop();
      await processor.settle();
    },
  };
}
