import { posix } from "node:path";
import type { ProjectFile } from "../repository/read-project-files.js";

export interface PageLink {
  /** As it is written. */
  readonly target: string;
  /** The file meant, relative to the repository. */
  readonly path: string;
  readonly anchor: string | undefined;
  readonly line: number;
}

const link = /(?<!`)!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|<(?:img|a)\s[^>]*(?:src|href)="([^"]+)"/g;

/** The relative links of a Markdown page or an SVG picture; code fences have none. */
export function parseLinks(page: ProjectFile): PageLink[] {
  const prose = page.text.replace(/^```[\s\S]*?^```/gm, (fence) => fence.replace(/[^\n]/g, ""));
  return [...prose.matchAll(link)].flatMap((match) => {
    const target = match[1] ?? match[2] ?? "";
    if (/^[a-z]+:/.test(target)) return [];
    const [file = "", anchor] = target.split("#");
    const path =
      file === "" ? page.path : posix.join(posix.dirname(page.path), decodeURI(file)).replace(/\/$/, "");
    return [{ target, path, anchor, line: prose.slice(0, match.index).split("\n").length }];
  });
}
