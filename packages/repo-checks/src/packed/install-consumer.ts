import { cpSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { npmInstall } from "./npm-install.js";
import type { Tarballs } from "./pack-packages.js";

const fixtures = fileURLToPath(new URL("./__fixtures__", import.meta.url));

/** A project of somebody else's: a package.json, the tarballs installed with npm, and our fixtures as its sources. */
export async function installConsumer(folder: string, tarballs: Tarballs): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/package.json`, JSON.stringify({ name: "consumer", private: true }));
  await npmInstall(folder, [...Object.values(tarballs), "nodemailer@10", "@types/node@22"]);
  cpSync(fixtures, folder, { recursive: true });
  cpSync(`${fixtures}/typed-consumer.ts`, `${folder}/typed-consumer.mts`);
  cpSync(`${fixtures}/typed-consumer.ts`, `${folder}/typed-consumer.cts`);
}
