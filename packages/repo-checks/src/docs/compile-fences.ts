import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { repositoryRoot } from "../repository/repository-root.js";
import type { Fence } from "./extract-fences.js";

/** Below this package, so that its dependencies are found; ignored by git. */
const folder = `${repositoryRoot}/packages/repo-checks/.fences`;

/**
 * Type-checks all fences in one program with the settings of the repository. Returns the compiler's complaints, with
 * the page and its line in front.
 */
export function compileFences(fences: readonly Fence[], name: string): string[] {
  const here = `${folder}/${name}`;
  rmSync(here, { recursive: true, force: true });
  mkdirSync(here, { recursive: true });
  const pageOf = new Map<string, string>();
  for (const fence of fences) {
    const file = `${fence.at.replaceAll(/[^\w-]/g, "_")}.ts`;
    pageOf.set(file, fence.at.replace(/:\d+$/, ""));
    writeFileSync(`${here}/${file}`, fence.text);
  }
  writeFileSync(
    `${here}/tsconfig.json`,
    JSON.stringify({ extends: "../../../../tsconfig.json", include: ["*.ts"] }),
  );
  const tsc = `${repositoryRoot}/node_modules/.bin/tsc`;
  const run = spawnSync(tsc, ["-p", here, "--pretty", "false"], { cwd: here, encoding: "utf8" });
  if (run.error !== undefined) throw run.error;
  const output = `${run.stdout}${run.stderr}`.trim();
  if (run.status === 0) return [];
  return output
    .split("\n")
    .map((line) => line.replace(/^([\w-]+\.ts)\((\d+),/, (_, file, at) => `${pageOf.get(file)}:${at}(`));
}
