import { createProviderRegistry } from "@getfluxly/email-core";
import { createVault, parseMasterKeys } from "@getfluxly/email-core/vault";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { afterAll } from "vitest";
import { createHost, type Host, type HostOptions } from "../create-host.js";
import { createHostLog } from "../environment/create-host-log.js";
import type { Database } from "../storage/database.js";
import { openTestDatabase } from "./open-test-database.js";

export interface TestHost extends Host {
  readonly database: Database;
  /** Every line that the host logged. */
  readonly logLines: readonly string[];
  /** Of workspace `alpha`, which has the projects `demo` and `second`. */
  readonly key: string;
  /** Of workspace `beta`, which has the project `foreign`. */
  readonly foreignKey: string;
  /** Was a key of `alpha`. */
  readonly revokedKey: string;
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
  countProviders(): Promise<number>;
}

interface CallOptions {
  /** Default: the key of `alpha`; null: none. */
  readonly key?: string | null | undefined;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  readonly body: any;
}

export const testMasterKey = btoa("0123456789abcdef0123456789abcdef");

/** A host on a real database of its own, with the real connector, loopback relays allowed, and two workspaces. */
export async function openTestHost(options: Partial<HostOptions> = {}): Promise<TestHost> {
  const database = options.database ?? (await openTestDatabase());
  const logLines: string[] = [];
  const host = await createHost({
    database,
    vault: await createVault(parseMasterKeys(testMasterKey)),
    registry: createProviderRegistry({ smtp: () => import("@getfluxly/email-custom-smtp") }),
    relayNetwork: createRelayNetworkPolicy({ allowNetworks: ["127.0.0.0/8", "::1/128"] }),
    log: createHostLog({ write: (line) => void logLines.push(line) }),
    ...options,
  });
  afterAll(() => host.close());

  const { administration } = host;
  await administration.ensureWorkspace({ id: "alpha" });
  await administration.ensureWorkspace({ id: "beta" });
  await administration.ensureProject({ id: "demo", workspaceId: "alpha" });
  await administration.ensureProject({ id: "second", workspaceId: "alpha" });
  await administration.ensureProject({ id: "foreign", workspaceId: "beta" });
  const { key } = await administration.createApiKey({ workspaceId: "alpha", label: "test" });
  const foreign = await administration.createApiKey({ workspaceId: "beta", label: "test" });
  const revoked = await administration.createApiKey({ workspaceId: "alpha", label: "old" });
  await administration.revokeApiKey({ workspaceId: "alpha", id: revoked.id });

  return {
    ...host,
    database,
    logLines,
    key,
    foreignKey: foreign.key,
    revokedKey: revoked.key,
    call: async (method, path, { body, headers, signal, ...call } = {}) => {
      const bearer = call.key === undefined ? key : call.key;
      const response = await host.fetch(
        new Request(`http://host.test${path}`, {
          method,
          headers: {
            ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
            ...(body !== undefined && { "content-type": "application/json" }),
            ...headers,
          },
          ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
          ...(signal && { signal }),
        }),
      );
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.includes("json");
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson && text ? JSON.parse(text) : undefined,
      };
    },
    countProviders: async () =>
      Number((await database.query("select count(*)::int as n from email_providers"))[0]?.n),
  };
}
