import { chmod, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVault, parseMasterKeys } from "@getfluxly/email-core/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openMasterKey } from "./open-master-key.js";

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "master-key-"));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

test("a key is made once, for its owner's eyes, and the vault takes it", async () => {
  const folder = join(parent, "new");
  const made = await openMasterKey(folder);
  expect([made.created, made.path]).toEqual([true, join(folder, "master-key")]);
  expect((await stat(made.path)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await openMasterKey(folder)).toEqual({ ...made, created: false });
  expect(await readdir(folder)).toEqual(["master-key"]);

  const binding = { tenant: "w", provider: "p", field: "f" };
  const vault = await createVault(parseMasterKeys(made.masterKey));
  expect(await vault.open(await vault.seal("secret", binding), binding)).toBe("secret");
});

test("two starts at the same moment agree on one key", async () => {
  const folder = join(parent, "race");
  const keys = await Promise.all(Array.from({ length: 10 }, () => openMasterKey(folder)));
  expect(new Set(keys.map(({ masterKey }) => masterKey)).size).toBe(1);
  expect(keys.filter(({ created }) => created)).toHaveLength(1);
});

test("a key that others may read is refused, with the command that repairs it", async () => {
  const folder = join(parent, "open");
  const { path } = await openMasterKey(folder);
  await chmod(path, 0o644);
  await expect(openMasterKey(folder)).rejects.toThrow(`chmod 600 ${path}`);
});
