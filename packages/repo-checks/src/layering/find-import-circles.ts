import { posix } from "node:path";
import type { ProjectFile } from "../repository/read-project-files.js";
import { parseImports } from "./parse-imports.js";

/** One line per circle of relative imports, such as `a.ts -> b.ts -> a.ts`. */
export function findImportCircles(files: readonly ProjectFile[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const state = new Map<string, "open" | "done">();
  const circles: string[] = [];

  const visit = (path: string, trail: readonly string[]): void => {
    const file = known.get(path);
    if (file === undefined || state.get(path) === "done") return;
    if (state.get(path) === "open") {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      return;
    }
    state.set(path, "open");
    for (const { specifier } of parseImports(file)) {
      if (!specifier.startsWith(".")) continue;
      visit(posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts"), [...trail, path]);
    }
    state.set(path, "done");
  };

  for (const { path } of files) visit(path, []);
  return circles;
}
