import { inspect } from "node:util";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import {
  createProviderRegistry,
  defaultCapabilities,
  defineProvider,
  EmailError,
} from "@getfluxly/email-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { findSecret } from "../__fixtures__/find-secret.js";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";

/** With a quote, a backslash, a percent sign and a letter beyond ASCII; in no other text of this machine. */
const canary = `kanári"e-${crypto.randomUUID()}\\100%+/ü`;
const collection = "/v1/projects/demo/email-providers";

/** A connector that does everything wrong with its secret that a connector can. */
const careless = defineProvider({
  id: "careless",
  displayName: "Careless",
  configSchema: z.strictObject({ token: z.string(), fail: z.enum(["error", "foreign", "no"]) }),
  secretFields: ["token"],
  capabilities: defaultCapabilities,
  create: ({ token, fail }, { log }) => {
    const work = async () => {
      log("warn", "login", { token });
      if (fail === "foreign") throw Object.assign(new Error(`no ${token}`), { token });
      if (fail === "no") return;
      throw new EmailError({
        code: "authentication-failed",
        message: `The relay refused ${token}.`,
        stage: "auth",
        remedy: `Do not use ${encodeURIComponent(token)}.`,
        reply: { code: 535, text: Buffer.from(`\0user\0${token}`).toString("base64") },
        cause: new Error(token),
      });
    };
    return {
      verify: async () => {
        await work();
        return { authenticated: true, encrypted: true, warnings: [] };
      },
      send: async (message) => {
        throw new EmailError({
          code: "outcome-unknown",
          message: `lost ${Buffer.from(token).toString("hex")}`,
          stage: "body",
          certainty: "unknown",
          reply: { code: 421, text: token + message.subject },
        });
      },
      close: async () => {
        throw new Error(`cannot close ${token}`);
      },
    };
  },
});

let relay: SandboxRelay;
let host: TestHost;
const seen: string[] = [];

beforeAll(async () => {
  relay = await startSandboxRelay({ users: { sandbox: canary } });
  host = await openTestHost({
    certificateAuthorities: [relay.certificateAuthority],
    registry: createProviderRegistry({ smtp: () => import("@getfluxly/email-custom-smtp"), careless }),
  });
});
afterAll(() => relay.close());

async function call(method: string, path: string, body?: unknown, key?: string | null) {
  const answer = await host.call(method, path, { body, key });
  seen.push(answer.text, inspect([...answer.headers], { depth: 9 }));
  return answer;
}

async function dump(): Promise<string> {
  const tables = await host.database.query(
    "select table_name from information_schema.tables where table_schema = 'public'",
  );
  const rows = await Promise.all(
    tables.map(({ table_name }) => host.database.query(`select * from "${String(table_name)}"`)),
  );
  return JSON.stringify(rows);
}

test("the canary is in no answer, no log line and no table, whatever happens", async () => {
  const body = providerBody(relay, { password: canary });
  const created = await call("POST", collection, body);
  expect(created.status).toBe(201);
  const path = `/v1/email-providers/${created.body.id}`;
  expect((await call("POST", `${path}/test`, { to: "someone@example.net" })).body.verdict).toBe("pass");
  await call("GET", path);
  await call("GET", collection);

  // A relay that echoes the login, in clear and as it came over the wire.
  const triple = Buffer.from(`\0sandbox\0${canary}`).toString("base64");
  for (const echo of [canary, triple, encodeURIComponent(canary)]) {
    relay.setFaults([{ at: "auth", do: { reply: `535 5.7.8 ${echo} is wrong` } }]);
    expect((await call("POST", collection, body)).body.code).toBe("authentication-failed");
    expect((await call("POST", `${path}/test`, { to: "someone@example.net" })).body.verdict).toBe("fail");
  }
  // Every other way to be refused with a password in the body.
  await call("POST", collection, { ...body, smtp_port: 0 });
  await call("POST", collection, { ...body, smtp_host: canary });
  await call("POST", collection, { ...body, smtp_secure: canary });
  await call("POST", collection, { ...body, provider: canary });
  await call("POST", collection, { ...body, from_email: canary, from_name: [canary] });
  await call("POST", collection, { ...body, smtp_host: "10.0.0.1" });
  await call("POST", collection, JSON.stringify(body).slice(0, -1));
  await call("POST", collection, body, null);
  await call("POST", collection, body, host.revokedKey);
  await call("POST", `/v1/projects/foreign/email-providers`, body);
  await call("PUT", collection, body);

  // A connector that leaks wherever it can.
  for (const fail of ["error", "foreign", "no"]) {
    const { status } = await call("POST", collection, {
      provider: "careless",
      display_name: "C",
      from_email: "c@example.com",
      token: canary,
      fail,
    });
    expect(status).toBe(fail === "no" ? 201 : 422);
  }
  const carelessId = (await call("GET", collection)).body.data[0].id;
  const failed = await call("POST", `/v1/email-providers/${carelessId}/test`, { to: "someone@example.net" });
  expect(failed.body.verdict).toBe("inconclusive");

  const database = await dump();
  expect(findSecret(canary, seen.join("\n"))).toEqual([]);
  expect(findSecret(canary, host.logLines.join(""))).toEqual([]);
  expect(findSecret(canary, database)).toEqual([]);
  // The haystacks are what they should be.
  expect(seen.length).toBeGreaterThan(40);
  expect(host.logLines.length).toBeGreaterThan(20);
  expect(database).toContain(created.body.id);
});

test("webhook secrets and API keys are in no table and no log line either", async () => {
  relay.setFaults([]);
  const { webhook } = (
    await host.call("POST", collection, { body: providerBody(relay, { password: canary }) })
  ).body;
  for (const secret of [webhook.secret, host.key, host.foreignKey]) {
    expect(findSecret(secret, (await dump()) + host.logLines.join(""))).toEqual([]);
  }
});

test("a leak would be found: the same search finds the canary in every encoding", () => {
  const bytes = Buffer.from(canary);
  const leaks = {
    raw: canary,
    json: JSON.stringify({ password: canary }),
    "json in json": JSON.stringify(JSON.stringify({ password: canary })),
    inspect: inspect({ password: canary }),
    base64: bytes.toString("base64"),
    base64url: bytes.toString("base64url"),
    plain: Buffer.from(`\0user\0${canary}`).toString("base64"),
    "base64, second alignment": Buffer.from(`x${canary}`).toString("base64"),
    hex: bytes.toString("hex"),
    HEX: bytes.toString("hex").toUpperCase(),
    url: encodeURIComponent(canary),
    form: new URLSearchParams({ password: canary }).toString(),
    latin1: bytes.toString("latin1"),
  };
  for (const [name, leak] of Object.entries(leaks)) {
    expect([name, findSecret(canary, `before ${leak} after`).length > 0]).toEqual([name, true]);
  }
  expect(findSecret(canary, `before ${canary.slice(0, -1)}x after`)).toEqual([]);
});

test("a leak in the host would be found: a table that holds it in clear", async () => {
  await host.database.query("update email_providers set display_name = $1 where provider = 'careless'", [
    canary,
  ]);
  expect(findSecret(canary, await dump())).not.toEqual([]);
  await call("GET", collection);
  expect(findSecret(canary, seen.join("\n"))).not.toEqual([]);
});
