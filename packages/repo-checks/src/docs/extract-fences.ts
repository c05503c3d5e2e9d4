import type { ProjectFile } from "../repository/read-project-files.js";

export interface Fence {
  /** The page and the line of the opening fence, such as `README.md:12`. */
  readonly at: string;
  /** The code under as many empty lines as stand above it in the page, so that line numbers are the page's. */
  readonly text: string;
}

/** Every fence of one language, whatever follows the language's name. */
export function extractFences(page: ProjectFile, language: string): Fence[] {
  const fences: Fence[] = [];
  let open: { at: string; lines: string[]; wanted: boolean } | undefined;
  for (const [index, line] of page.text.split("\n").entries()) {
    const mark = /^\s*```+\s*([\w-]*)/.exec(line);
    if (open === undefined && mark !== null) {
      open = {
        at: `${page.path}:${index + 1}`,
        lines: Array(index + 1).fill(""),
        wanted: mark[1] === language,
      };
    } else if (open !== undefined && mark !== null) {
      if (open.wanted) fences.push({ at: open.at, text: `${open.lines.join("\n")}\n` });
      open = undefined;
    } else {
      open?.lines.push(line);
    }
  }
  return fences;
}
