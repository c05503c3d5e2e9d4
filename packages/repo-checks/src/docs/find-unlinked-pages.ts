import type { ProjectFile } from "../repository/read-project-files.js";
import { parseLinks } from "./parse-links.js";

/** The pages below `folder` that a reader who starts at `start` cannot reach by links. */
export function findUnlinkedPages(pages: readonly ProjectFile[], start: string, folder: string): string[] {
  const known = new Map(pages.map((page) => [page.path, page]));
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const page = known.get(path) ?? known.get(`${path}/README.md`);
    if (page === undefined || reached.has(page.path)) return;
    reached.add(page.path);
    for (const link of parseLinks(page)) visit(link.path);
  };
  visit(start);
  return [...known.keys()].filter((path) => path.startsWith(folder) && !reached.has(path));
}
