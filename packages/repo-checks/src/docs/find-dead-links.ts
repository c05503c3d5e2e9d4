import { existsSync } from "node:fs";
import { posix } from "node:path";
import type { ProjectFile } from "../repository/read-project-files.js";
import { repositoryRoot } from "../repository/repository-root.js";
import { toHeadingAnchors } from "./to-heading-anchors.js";

const link = /(?<!`)!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|<(?:img|a)\s[^>]*(?:src|href)="([^"]+)"/g;

/** One line per relative link to a file or heading that does not exist, starting with `file:line`. */
export function findDeadLinks(
  pages: readonly ProjectFile[],
  exists = (path: string): boolean => existsSync(`${repositoryRoot}/${path}`),
): string[] {
  const anchors = new Map(pages.map((page) => [page.path, toHeadingAnchors(page.text)]));
  return pages.flatMap((page) => {
    const prose = page.text.replace(/^```[\s\S]*?^```/gm, (fence) => fence.replace(/[^\n]/g, ""));
    return [...prose.matchAll(link)].flatMap((match) => {
      const target = match[1] ?? match[2] ?? "";
      if (/^[a-z]+:/.test(target)) return [];
      const [file = "", anchor] = target.split("#");
      const path =
        file === "" ? page.path : posix.join(posix.dirname(page.path), decodeURI(file)).replace(/\/$/, "");
      const line = prose.slice(0, match.index).split("\n").length;
      if (path.startsWith("..") || !exists(path))
        return [`${page.path}:${line} links to ${target}, which is not there`];
      if (anchor !== undefined && anchors.get(path)?.has(anchor) === false)
        return [`${page.path}:${line} links to ${target}, which has no such heading`];
      return [];
    });
  });
}
