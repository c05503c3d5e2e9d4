import { existsSync } from "node:fs";
import type { ProjectFile } from "../repository/read-project-files.js";
import { repositoryRoot } from "../repository/repository-root.js";
import { parseLinks } from "./parse-links.js";
import { toHeadingAnchors } from "./to-heading-anchors.js";

/** One line per relative link to a file or heading that does not exist, starting with `file:line`. */
export function findDeadLinks(
  pages: readonly ProjectFile[],
  exists = (path: string): boolean => existsSync(`${repositoryRoot}/${path}`),
): string[] {
  const anchors = new Map(pages.map((page) => [page.path, toHeadingAnchors(page.text)]));
  return pages.flatMap((page) =>
    parseLinks(page).flatMap(({ target, path, anchor, line }) => {
      const at = `${page.path}:${line} links to ${target}, which`;
      if (path.startsWith("..") || !exists(path)) return [`${at} is not there`];
      if (anchor !== undefined && anchors.get(path)?.has(anchor) === false)
        return [`${at} has no such heading`];
      return [];
    }),
  );
}
