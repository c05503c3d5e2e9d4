import { beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../__fixtures__/open-test-database.js";
import { hashApiKey } from "../keys/hash-api-key.js";
import { createApiKeyStore } from "../storage/api-key-store.js";
import type { Database } from "../storage/database.js";
import { migrate } from "../storage/migrate.js";
import { createAdministration, type HostAdministration } from "./create-administration.js";

let database: Database;
let administration: HostAdministration;

beforeAll(async () => {
  database = await openTestDatabase();
  await migrate(database);
  administration = createAdministration(database);
  await administration.ensureWorkspace({ id: "alpha" });
  await administration.ensureWorkspace({ id: "beta" });
});

/** The workspace that a caller with this key would get. */
const workspaceOf = async (key: string) =>
  (await createApiKeyStore(database).findLive(hashApiKey(key)))?.workspace_id;

const fixedKey = "gf_live_from-the-environment-of-the-operator";

test("making a workspace or project that is there changes nothing", async () => {
  await administration.ensureProject({ id: "shop", workspaceId: "alpha", name: "Shop" });
  await administration.ensureProject({ id: "shop", workspaceId: "alpha", name: "Other" });
  await administration.ensureWorkspace({ id: "alpha", name: "Other" });
  expect(await database.query("select workspace_id, name from projects where id = 'shop'")).toEqual([
    { workspace_id: "alpha", name: "Shop" },
  ]);
});

test("a project id is one workspace's", async () => {
  await administration.ensureProject({ id: "taken", workspaceId: "alpha" });
  await expect(administration.ensureProject({ id: "taken", workspaceId: "beta" })).rejects.toThrow(
    'The project id "taken" is taken by another workspace.',
  );
});

test.each(["", "a b", "a/b", "ü", "a".repeat(65)])("%j is no id", async (id) => {
  await expect(administration.ensureWorkspace({ id })).rejects.toThrow("is no id");
  await expect(administration.ensureProject({ id, workspaceId: "alpha" })).rejects.toThrow("is no id");
});

test("a made key is shown once and listed without it", async () => {
  const issued = await administration.createApiKey({ workspaceId: "beta", label: "backend", mode: "test" });
  expect(await workspaceOf(issued.key)).toBe("beta");
  const listed = await administration.listApiKeys("beta");
  expect(listed).toMatchObject([
    { label: "backend", mode: "test", prefix: "gf_test_", last_four: issued.key.slice(-4), revoked_at: null },
  ]);
  expect(JSON.stringify(listed)).not.toContain(issued.key);
});

test("replacing leaves one live key under the label and those under others alone", async () => {
  const other = await administration.createApiKey({ workspaceId: "alpha", label: "other" });
  const first = await administration.replaceApiKey({ workspaceId: "alpha", label: "start" });
  const second = await administration.replaceApiKey({ workspaceId: "alpha", label: "start" });
  expect(await Promise.all([first, second, other].map(({ key }) => workspaceOf(key)))).toEqual([
    undefined,
    "alpha",
    "alpha",
  ]);
});

test("a given key can be set again and again, changed, and changed back", async () => {
  const set = (key?: string) =>
    administration.replaceApiKey({ workspaceId: "alpha", label: "bootstrap", key });
  await set(fixedKey);
  await set(fixedKey);
  expect(await workspaceOf(fixedKey)).toBe("alpha");
  const { key } = await set();
  expect([await workspaceOf(fixedKey), await workspaceOf(key)]).toEqual([undefined, "alpha"]);
  await set(fixedKey);
  expect([await workspaceOf(fixedKey), await workspaceOf(key)]).toEqual(["alpha", undefined]);
});

test("another workspace cannot take a key over, and loses none of its own by trying", async () => {
  const own = await administration.replaceApiKey({ workspaceId: "beta", label: "start" });
  await administration.replaceApiKey({ workspaceId: "alpha", label: "fixed", key: fixedKey });
  await expect(
    administration.replaceApiKey({ workspaceId: "beta", label: "start", key: fixedKey }),
  ).rejects.toThrow("belongs to another workspace");
  expect([await workspaceOf(fixedKey), await workspaceOf(own.key)]).toEqual(["alpha", "beta"]);
});

test("a key that is none is refused, without repeating it", async () => {
  const failed = administration.replaceApiKey({ workspaceId: "alpha", label: "start", key: "hunter2" });
  await expect(failed).rejects.toThrow("must be gf_live_ or gf_test_");
  await expect(failed).rejects.not.toThrow("hunter2");
});

test("of a short key, not even four characters are stored", async () => {
  await administration.replaceApiKey({ workspaceId: "alpha", label: "short", key: "gf_live_12345678" });
  const [shown] = (await administration.listApiKeys("alpha")).filter(({ label }) => label === "short");
  expect(shown).toMatchObject({ prefix: "gf_live_", last_four: null });
});
