import type { ProjectFile } from "../repository/read-project-files.js";

interface CodeDefaults {
  readonly actor: string;
  readonly retryable: boolean;
}

const headings = ["## Usual causes", "## The fix", "## Is resending safe?"];

/** One line per code without a page, page without a code, and page that says other than the code table. */
export function findPageMistakes(
  pages: readonly ProjectFile[],
  codes: Readonly<Record<string, CodeDefaults>>,
): string[] {
  const index = pages.find(({ path }) => path.endsWith("/README.md"))?.text ?? "";
  const documented = new Map(
    pages.filter(({ text }) => text !== index).map((page) => [page.path.replace(/^.*\/|\.md$/g, ""), page]),
  );
  const missing = Object.keys(codes).filter((code) => !documented.has(code));
  return [
    ...missing.map((code) => `docs/reference/errors/${code}.md is missing`),
    ...Object.entries(codes)
      .map(([code, { actor, retryable }]) => `| [${code}](${code}.md) | ${actor} | ${retryable} |`)
      .filter((row) => !index.includes(`${row}\n`))
      .map((row) => `docs/reference/errors/README.md lacks the row ${row}`),
    ...[...documented].flatMap(([code, page]) => mistakesOf(page, code, codes[code])),
  ];
}

function mistakesOf(page: ProjectFile, code: string, defaults: CodeDefaults | undefined): string[] {
  if (defaults === undefined) return [`${page.path} describes a code that does not exist`];
  const table = `| actor | retryable |\n| --- | --- |\n| ${defaults.actor} | ${defaults.retryable} |\n`;
  return [
    ...(page.text.startsWith(`# ${code}\n\n${table}`)
      ? []
      : [`${page.path} has to start with "# ${code}" and this table:\n${table}`]),
    ...headings.flatMap((heading) =>
      page.text.includes(`\n${heading}\n`) ? [] : [`${page.path} lacks "${heading}"`],
    ),
  ];
}
