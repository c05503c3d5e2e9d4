import { readdirSync, readFileSync } from "node:fs";
import { repositoryRoot } from "./repository-root.js";

export interface ProjectFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Names and `*.endings` that git leaves out: what tools make. */
const ignored = [".git", ...readFileSync(`${repositoryRoot}/.gitignore`, "utf8").split("\n")].filter(Boolean);

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
      if (isIgnored(entry.name)) return [];
      if (entry.isDirectory()) return pathsBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

const isIgnored = (name: string): boolean =>
  ignored.some((entry) => (entry.startsWith("*") ? name.endsWith(entry.slice(1)) : name === entry));
