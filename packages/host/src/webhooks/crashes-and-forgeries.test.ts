import { createHmac } from "node:crypto";
import { type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../__fixtures__/open-test-database.js";
import { openTestHost, type TestHost } from "../__fixtures__/open-test-host.js";
import { providerBody } from "../__fixtures__/provider-body.js";
import type { Database, Queryable } from "../storage/database.js";

let relay: SandboxRelay;
let database: Database;
let host: TestHost;
let webhook: { id: string; secret: string };
beforeAll(async () => {
  relay = await startSandboxRelay({ tls: "none", authentication: "not_offered" });
  database = await openTestDatabase();
  host = await openTestHost({ database });
  const body = providerBody(relay, { username: "", password: "" });
  const created = (await host.call("POST", "/v1/projects/demo/email-providers", { body })).body;
  webhook = { id: created.id, secret: created.webhook.secret };
});
afterAll(() => relay.close());

async function post(content: unknown, options: { id?: string; through?: TestHost; bearer?: boolean } = {}) {
  const { id = `m${Math.random()}`.replace(".", ""), through = host, bearer = false } = options;
  const body = JSON.stringify(content);
  const time = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(webhook.secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64");
  const headers = bearer
    ? { authorization: `Bearer ${webhook.secret}` }
    : { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": `v1,${signature}` };
  const answer = await through.call("POST", "/webhooks/smtp/demo", {
    key: null,
    body,
    headers: { "content-type": "application/json", ...headers },
  });
  return answer.status;
}

const waiting = async () =>
  (await database.query("select id from webhook_requests where processed_at is null")).length;

async function list(path: string) {
  await expect.poll(waiting, { timeout: 15_000 }).toBe(0);
  return (await host.call("GET", `/v1/projects/demo/${path}`)).body.data;
}

async function send(to: string): Promise<string> {
  const { body } = await host.call("POST", `/v1/email-providers/${webhook.id}/test`, { body: { to } });
  expect(body.verdict).toBe("pass");
  return body.message_id.replace(/@.*/, "");
}

test("a crash between claim and store loses no event: what comes again is no replay", async () => {
  let isDead = false;
  const dying = (queryable: Queryable): Queryable => ({
    query: async (sql, parameters) => {
      if (sql.startsWith("insert into webhook_requests")) isDead = true;
      if (isDead) throw new Error("the process has ended");
      return queryable.query(sql, parameters);
    },
  });
  const crashing = await openTestHost({
    database: {
      ...dying(database),
      transaction: (run) => database.transaction((transaction) => run(dying(transaction))),
      close: async () => undefined,
    },
  });
  const content = { type: "delivered", event_id: "crash-1", recipient: "crash@example.net" };
  expect(await post(content, { id: "crash", through: crashing })).toBe(503);
  expect(isDead).toBe(true);
  expect(await post(content, { id: "crash" })).toBe(200);
  const ids = (await list("email-events")).map(({ event_id }: { event_id: string }) => event_id);
  expect(ids).toContain("smtp:crash-1");
});

test("of fifty at once with one id, one is stored, and all are told that it has arrived", async () => {
  const content = { type: "delivered", event_id: "fifty", recipient: "fifty@example.net" };
  const count = async () => (await database.query("select id from webhook_requests")).length;
  const before = await count();
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(content, { id: "fifty" })));
  expect(new Set(answers)).toEqual(new Set([200]));
  expect((await count()) - before).toBe(1);
});

test("forged reports of messages to others do not add up to a suppression, nor change a status", async () => {
  const victim = "victim@example.net";
  const ids = [await send("attacker@example.net"), await send("attacker@example.net"), await send(victim)];
  for (const [index, correlation_id] of ids.entries()) {
    const smtp = { text: "452 4.2.2 mailbox full" };
    await post(
      { type: "bounced", event_id: `forged-${index}`, recipient: victim, correlation_id, smtp },
      { bearer: true },
    );
    await expect.poll(waiting, { timeout: 15_000 }).toBe(0);
  }
  const addresses = (await list("suppressions")).map(({ address }: { address: string }) => address);
  expect(addresses).not.toContain(victim);
  const statuses = await database.query("select sent_message_id from message_statuses where recipient = $1", [
    victim,
  ]);
  expect(statuses).toHaveLength(1);
});

test("what fails in the database is tried again, without a new start", async () => {
  let failures = 0;
  const failing: Database = {
    ...{ query: (sql, parameters) => database.query(sql, parameters), close: async () => undefined },
    transaction: (run) =>
      database.transaction((transaction) =>
        run({
          query: async (sql, parameters) => {
            if (sql.includes("insert into email_events") && failures++ === 0)
              throw new Error("deadlock detected");
            return transaction.query(sql, parameters);
          },
        }),
      ),
  };
  const unlucky = await openTestHost({ database: failing });
  await post({ type: "delivered", event_id: "again", recipient: "a@example.net" }, { through: unlucky });
  const ids = (await list("email-events")).map(({ event_id }: { event_id: string }) => event_id);
  expect(ids).toContain("smtp:again");
  expect(failures).toBeGreaterThan(1);
});
