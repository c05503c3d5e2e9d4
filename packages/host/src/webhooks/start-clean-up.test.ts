import { expect, onTestFinished, test } from "vitest";
import { openTestDatabase } from "../__fixtures__/open-test-database.js";
import { openTestHost } from "../__fixtures__/open-test-host.js";
import { silentLog } from "../host-log.js";
import { createWebhookStore, type WebhookStore } from "../storage/webhook-store.js";
import { startCleanUp } from "./start-clean-up.js";

async function openStore() {
  const database = await openTestDatabase();
  await openTestHost({ database });
  await database.query(
    `insert into email_providers (id, workspace_id, project_id, provider, display_name, from_email, config, secrets,
       webhook_secret, verified, encrypted, warnings)
     values ('ep', 'alpha', 'demo', 'smtp', '', 'a@b.test', '{}', '{}', '', false, true, '[]')`,
  );
  const store = createWebhookStore(database);
  const insert = async (processedDaysAgo: number | null) => {
    const id = await store.insert({
      ...{ workspace_id: "alpha", project_id: "demo", email_provider_id: "ep", slug: "smtp" },
      ...{ proof: "signature", url: "/webhooks/smtp/demo", headers: [], body_base64: "" },
    });
    await database.query(
      `update webhook_requests set processed_at = now() - $2::int * interval '1 day',
         received_at = now() - interval '90 days' where id = $1`,
      [id, processedDaysAgo],
    );
    return id;
  };
  const ids = async () => {
    const rows = await database.query("select id from webhook_requests order by id");
    return rows.map((row) => Object(row).id);
  };
  return { store, insert, ids };
}

test("requests that were processed a month ago go, again and again; those that wait stay", async () => {
  const { store, insert, ids } = await openStore();
  const [waiting, recent, old] = [await insert(null), await insert(29), await insert(31)];
  const cleanUp = startCleanUp({ log: silentLog, webhooks: store }, 20);
  onTestFinished(() => cleanUp.stop());
  await expect.poll(ids).toEqual([waiting, recent].sort());
  expect(old).toBeDefined();
  await insert(40);
  await expect.poll(ids).toEqual([waiting, recent].sort());
});

test("a database that fails is a line in the log; stopping waits for what is under way", async () => {
  const lines: string[] = [];
  let finish = () => {};
  let calls = 0;
  const webhooks: Pick<WebhookStore, "removeExpired"> = {
    async removeExpired() {
      calls += 1;
      if (calls === 1) throw new RangeError("secret");
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    },
  };
  const log = {
    ...silentLog,
    error: (fields: object, text: string) => lines.push(JSON.stringify([fields, text])),
  };
  const cleanUp = startCleanUp({ log, webhooks }, 10);
  await expect.poll(() => calls).toBe(2);
  expect(lines).toEqual(['[{"name":"RangeError"},"webhooks not cleaned up"]']);
  let isStopped = false;
  const stopped = cleanUp.stop().then(() => {
    isStopped = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(isStopped).toBe(false);
  finish();
  await stopped;
});
