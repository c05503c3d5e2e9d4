import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openPglite } from "../storage/open-pglite.js";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const cache = join(modules, ".cache");
// Another version may keep its files in another form.
const { version } = JSON.parse(readFileSync(join(modules, "@electric-sql/pglite/package.json"), "utf8"));
const template = join(cache, `empty-pglite-${version}`);

/**
 * Puts an empty database into a folder that does not exist yet. A new PGlite takes seconds, an existing one a third of a
 * second: so a template is made once and copied.
 */
export async function copyEmptyDatabase(folder: string): Promise<void> {
  await copyTemplate(folder).catch(async () => {
    await makeTemplate();
    await copyTemplate(folder);
  });
}

// `cp` itself: the thousand files of a database take node several times as long.
const copyTemplate = (target: string) => promisify(execFile)("cp", ["-R", template, target]);

async function makeTemplate(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "draft-"));
  await (await openPglite({ folder: join(draft, "database") })).close();
  // Another test file may have been quicker.
  await rename(join(draft, "database"), template).catch(() => {});
  await rm(draft, { recursive: true, force: true });
}
