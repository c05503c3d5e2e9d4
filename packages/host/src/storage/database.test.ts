import { expect, test } from "vitest";
import { openTestDatabaseIn } from "../__fixtures__/open-test-database.js";
import { createEmailProviderStore } from "./email-provider-store.js";
import { migrate } from "./migrate.js";
import { openPglite } from "./open-pglite.js";

const { database, folder } = await openTestDatabaseIn();

const tables = async () =>
  (
    await database.query(
      "select table_name from information_schema.tables where table_schema = 'public' order by table_name",
    )
  ).map((row) => row.table_name);

test("makes all tables once, also when started twice at the same moment and again later", async () => {
  await Promise.all([migrate(database), migrate(database)]);
  await migrate(database);
  expect(await tables()).toEqual([
    "api_keys",
    "email_events",
    "email_providers",
    "message_statuses",
    "projects",
    "schema_migrations",
    "sent_messages",
    "suppressions",
    "webhook_claims",
    "webhook_requests",
    "workspaces",
  ]);
  expect(await database.query("select number, name from schema_migrations")).toEqual([
    { number: 1, name: "first tables" },
    { number: 2, name: "webhooks" },
    { number: 3, name: "webhook clean-up" },
  ]);
});

test("keeps what is stored", async () => {
  await database.query("insert into workspaces (id, name) values ('w', 'W')");
  await migrate(database);
  expect(await database.query("select id from workspaces")).toEqual([{ id: "w" }]);
});

test("refuses a database of a newer version and leaves it alone", async () => {
  await database.query("insert into schema_migrations (number, name) values (99, 'from the future')");
  await expect(migrate(database)).rejects.toThrow(/schema version 99.*newer version/);
  await database.query("delete from schema_migrations where number = 99");
});

test("the database itself refuses a provider that names another workspace's project", async () => {
  await database.query("insert into workspaces (id, name) values ('mine', 'M'), ('theirs', 'T')");
  await database.query("insert into projects (id, workspace_id, name) values ('p', 'theirs', 'P')");
  const insert = `insert into email_providers (id, workspace_id, project_id, provider, display_name, from_email, config,
    secrets, webhook_secret, verified, encrypted, warnings)
    values ('e', $1, 'p', 'smtp', 'D', 'a@example.com', '{}', '{}', '', false, true, '[]')`;
  await expect(database.query(insert, ["mine"])).rejects.toThrow(/foreign key/);
  await database.query(insert, ["theirs"]);
});

test("a failed transaction leaves nothing behind", async () => {
  await expect(
    database.transaction(async (transaction) => {
      await transaction.query("insert into workspaces (id, name) values ('half', 'H')");
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await database.query("select id from workspaces where id = 'half'")).toEqual([]);
});

test("values come back as the interface says, and a folder is for one at a time", async () => {
  const document = { a: [1, "ü", null] };
  expect(
    await database.query("select $1::jsonb as document, now() as now", [JSON.stringify(document)]),
  ).toEqual([{ document, now: expect.any(Date) }]);
  await expect(openPglite({ folder })).rejects.toThrow(/is in use by process/);
});

test("every statement on providers sees its own workspace only, even with the other's project and id", async () => {
  const store = createEmailProviderStore(database);
  await database.query("insert into workspaces (id, name) values ('one', 'O'), ('two', 'T')");
  await database.query("insert into projects (id, workspace_id, name) values ('of-one', 'one', 'P')");
  const key = { workspaceId: "one", id: "epr_of_one" };
  await store.insert({
    id: key.id,
    workspace_id: "one",
    project_id: "of-one",
    provider: "smtp",
    display_name: "D",
    from_email: "a@example.com",
    from_name: null,
    reply_to: null,
    config: {},
    secrets: { password: null },
    webhook_secret: "sealed",
    webhook_config: null,
    verified: false,
    verified_at: null,
    encrypted: true,
    warnings: [],
    created_at: new Date(),
  });
  const list = (workspaceId: string) => store.list({ workspaceId, projectId: "of-one", limit: 10 });
  expect(await store.find({ ...key, workspaceId: "two" })).toBeUndefined();
  expect(await list("two")).toEqual([]);
  expect(await store.remove({ ...key, workspaceId: "two" })).toBe(false);
  expect((await list("one")).map(({ id }) => id)).toEqual([key.id]);
  expect(await store.remove(key)).toBe(true);
});
