import { readdirSync, readFileSync } from "node:fs";
import { repositoryRoot } from "./repository-root.js";

export interface ProjectFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What tools make; the same folders as in .gitignore, and git's own. */
const generated = new Set([
  ".git",
  "node_modules",
  "dist",
  "coverage",
  ".toolchain",
  ".data",
  ".reports",
  ".fences",
]);

/** All files that people wrote whose path fits, in alphabetical order. */
export function readProjectFiles(pattern: RegExp): ProjectFile[] {
  return pathsBelow("")
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: readFileSync(`${repositoryRoot}/${path}`, "utf8") }));
}

function pathsBelow(folder: string): string[] {
  return readdirSync(`${repositoryRoot}/${folder}`, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (generated.has(entry.name) || entry.name.endsWith(".tgz")) return [];
      if (entry.isDirectory()) return pathsBelow(path);
      return entry.isFile() ? [path] : [];
    });
}
