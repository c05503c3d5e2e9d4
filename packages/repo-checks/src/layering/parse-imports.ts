import ts from "typescript";
import type { ProjectFile } from "../repository/read-project-files.js";

export interface ImportStatement {
  readonly specifier: string;
  readonly line: number;
}

/** Every module that a source names: import, export from, `import()`, require, and imports in types. */
export function parseImports(file: ProjectFile): ImportStatement[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    line: file.text.slice(0, pos).split("\n").length,
  }));
}
