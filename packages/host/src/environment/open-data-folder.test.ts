import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openDataFolder } from "./open-data-folder.js";

const folder = mkdtempSync(join(tmpdir(), "open-data-folder-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("makes the folder, for its owner only", async () => {
  const path = join(folder, "a", "b");
  await openDataFolder(path);
  await openDataFolder(path);
  expect(statSync(path).mode & 0o077).toBe(0);
});

test("says which folder, which variable, and what to do, where it cannot be used", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  for (const path of [file, join(file, "below")]) {
    await expect(openDataFolder(path)).rejects.toThrow(new RegExp(`${path}.*DATA_DIR`));
  }
});
