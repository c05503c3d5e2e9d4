import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { repositoryFolder } from "./package-folder.js";

/** A file in .reports, or at an absolute path; says so. */
export function writeReport(name: string, text: string): void {
  const file = resolve(repositoryFolder, ".reports", name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${relative(repositoryFolder, file)}`);
}
