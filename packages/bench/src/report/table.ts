/** Rows of cells; the first row is the heading. */
export type Table = readonly (readonly string[])[];

/** With blanks between the columns; the first column is text, the others are figures. */
export function toText(table: Table): string {
  const widths = widthsOf(table);
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** As Markdown, its columns aligned for those who read the source. */
export function toMarkdown(table: Table): string {
  const cells = table.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = widthsOf(cells).map((width) => Math.max(3, width));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
  const [heading = [], ...rows] = cells;
  return [line(heading), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function widthsOf(table: Table): number[] {
  const columns = Math.max(0, ...table.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...table.map((row) => row[column]?.length ?? 0)),
  );
}
