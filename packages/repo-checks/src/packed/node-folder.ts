import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../repository/repository-root.js";
import { npmInstall } from "./npm-install.js";

/** The folder with the `node` of a major version, which npm fetches once into .toolchain. */
export async function nodeFolder(major: number): Promise<string> {
  const system = process.platform === "darwin" && process.arch === "arm64" ? "bin-darwin" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(repositoryRoot, ".toolchain", `consumer-node-${major}`);
  if (!existsSync(join(folder, "ok"))) {
    const unfinished = `${folder}.${process.pid}.tmp`;
    await mkdir(unfinished, { recursive: true });
    await writeFile(join(unfinished, "package.json"), '{"private":true}\n');
    await npmInstall(unfinished, [`${name}@${major}`]);
    await writeFile(join(unfinished, "ok"), "");
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  }
  return join(folder, "node_modules", name, "bin");
}
