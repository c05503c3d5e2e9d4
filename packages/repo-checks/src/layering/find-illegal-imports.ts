import { posix } from "node:path";
import type { ProjectFile } from "../repository/read-project-files.js";
import { coreFolderRules, homes, packageRules } from "./import-rules.js";
import { parseImports } from "./parse-imports.js";

const isTest = (path: string): boolean => /\.(test|test-d)\.ts$|\/__fixtures__\//.test(path);

/** One line per import that the rules do not allow, starting with `file:line`. */
export function findIllegalImports(files: readonly ProjectFile[]): string[] {
  return files.flatMap((file) =>
    parseImports(file).flatMap(({ specifier, line }) => {
      const reason = whyIllegal(file.path, specifier);
      return reason === undefined ? [] : [`${file.path}:${line} imports ${specifier}: ${reason}`];
    }),
  );
}

function whyIllegal(path: string, specifier: string): string | undefined {
  const [, from = ""] = path.split("/");
  const rule = packageRules[from];
  if (rule === undefined) return `packages/${from} has no rule in import-rules.ts`;
  if (specifier.startsWith(".")) return whyIllegalInside(path, specifier);
  const sibling = /^@getfluxly\/email-([a-z0-9-]+)/.exec(specifier)?.[1];
  if (sibling !== undefined) {
    const allowed = isTest(path) ? [from, ...rule.packages, ...rule.packagesInTests] : rule.packages;
    return allowed.includes(sibling) ? undefined : `${from} may import ${list(allowed)}`;
  }
  const name = specifier.split("/")[0] ?? "";
  const home = homes[name];
  if (home !== undefined && !home.some((folder) => path.startsWith(folder)) && !isTest(path))
    return `${name} may be imported in ${list(home)} only`;
  if (!rule.outside && !isTest(path)) return `${from} may import no package and no Node module`;
  return undefined;
}

function whyIllegalInside(path: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  const [from, to] = [path, target].map((it) => it.split("/").slice(0, 3).join("/"));
  if (from !== to) return "a relative import may not leave its package's src";
  if (!path.startsWith("packages/core/") || isTest(path)) return undefined;
  const [fromFolder, toFolder] = [path, target].map((it) => it.split("/").slice(3, -1)[0]);
  if (fromFolder === undefined || fromFolder === toFolder) return undefined;
  const allowed = coreFolderRules[fromFolder];
  if (allowed === undefined) return `core/src/${fromFolder} has no rule in import-rules.ts`;
  if (toFolder !== undefined && allowed.includes(toFolder)) return undefined;
  return `core/src/${fromFolder} may import ${list(allowed)}`;
}

const list = (names: readonly string[]): string => (names.length === 0 ? "nothing else" : names.join(", "));
