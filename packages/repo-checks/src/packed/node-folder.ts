import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../repository/repository-root.js";
import { runProgram } from "./run-program.js";

/** The folder with the `node` of a major version, which npm fetches once into .toolchain. */
export async function nodeFolder(major: number): Promise<string> {
  const system = process.platform === "darwin" && process.arch === "arm64" ? "bin-darwin" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(repositoryRoot, ".toolchain", `consumer-node-${major}`);
  if (!existsSync(join(folder, "ok"))) {
    const unfinished = `${folder}.${process.pid}.tmp`;
    await mkdir(unfinished, { recursive: true });
    await writeFile(join(unfinished, "package.json"), '{"private":true}\n');
    const flags = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    await runProgram("npm", ["install", ...flags, `${name}@${major}`], { cwd: unfinished });
    await writeFile(join(unfinished, "ok"), "");
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  }
  return join(folder, "node_modules", name, "bin");
}
