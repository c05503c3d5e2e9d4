import { describe, expect, test } from "vitest";
import { readProjectFiles } from "../repository/read-project-files.js";
import { findIllegalImports } from "./find-illegal-imports.js";
import { findImportCircles } from "./find-import-circles.js";

const sources = readProjectFiles(/^packages\/[^/]+\/src\/.*\.ts$/);

describe("this repository", () => {
  test("imports only in the legal directions", () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(findIllegalImports(sources)).toEqual([]);
  });

  test("has no circle of imports", () => {
    const withoutTests = sources.filter(({ path }) => !/\.test\.ts$|\/__fixtures__\//.test(path));
    expect(findImportCircles(withoutTests)).toEqual([]);
  });
});

const at = (path: string, text: string) => findIllegalImports([{ path, text }]);

describe("an illegal import is named with file and line", () => {
  test.each([
    ["packages/core/src/index.ts", `import "@getfluxly/email-custom-smtp";`],
    ["packages/core/src/index.ts", `import { z } from "zod";`],
    ["packages/core/src/vault/seal.ts", `import { webcrypto } from "node:crypto";`],
    ["packages/core/src/vault/seal.ts", `const { webcrypto } = await import("crypto");`],
    ["packages/core/src/contract/a.ts", `import { EmailError } from "../errors/index.js";`],
    ["packages/core/src/contract/a.ts", `export type A = import("../message/b.js").B;`],
    ["packages/core/src/errors/a.ts", `export * from "../config/b.js";`],
    ["packages/core/src/message/a.ts", `import type { B } from "../registry/b.js";`],
    ["packages/core/src/config/a.ts", `import { b } from "../index.js";`],
    ["packages/core/src/new-folder/a.ts", `import { b } from "../contract/b.js";`],
    ["packages/core/src/config/a.ts", `import { b } from "../../../custom-smtp/src/b.js";`],
    ["packages/custom-smtp/src/session/a.ts", `import MailComposer from "nodemailer/lib/mail-composer";`],
    ["packages/host/src/a.ts", `import nodemailer from "nodemailer";`],
    ["packages/custom-smtp/src/a.ts", `import { b } from "@getfluxly/email-host";`],
    ["packages/custom-smtp/src/a.ts", `import { b } from "@getfluxly/email-conformance/sandbox-relay";`],
    ["packages/conformance/src/a.ts", `import { b } from "@getfluxly/email-custom-smtp";`],
    ["packages/conformance/src/a.test.ts", `import { b } from "@getfluxly/email-host";`],
    ["packages/unheard-of/src/a.ts", `import "node:net";`],
  ])("%s: %s", (path, statement) => {
    const found = at(path, `// first line\n\n${statement}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${path.replaceAll(".", "\\.")}:3 imports `));
  });
});

describe("a legal import is left alone", () => {
  test.each([
    ["packages/core/src/index.ts", `export * from "./registry/index.js";`],
    ["packages/core/src/errors/a.ts", `import type { B } from "../contract/b.js";`],
    ["packages/core/src/registry/a.ts", `import { b } from "../provider/b.js";`],
    ["packages/core/src/config/a.test.ts", `import { z } from "zod";`],
    ["packages/custom-smtp/src/compose/a.ts", `import MailComposer from "nodemailer/lib/mail-composer";`],
    ["packages/custom-smtp/src/session/a.ts", `import { connect } from "node:net";`],
    ["packages/custom-smtp/src/a.test.ts", `import { b } from "@getfluxly/email-conformance/sandbox-relay";`],
    ["packages/host/src/a.ts", `import { b } from "@getfluxly/email-custom-smtp";`],
    ["packages/core/src/contract/a.ts", `// import "node:fs";\nconst text = 'import "node:fs"';`],
  ])("%s: %s", (path, statement) => {
    expect(at(path, statement)).toEqual([]);
  });
});

describe("a circle is named with all its files", () => {
  const file = (name: string, ...imports: string[]) => ({
    path: `packages/core/src/${name}.ts`,
    text: imports.map((it) => `import "./${it}.js";`).join("\n"),
  });

  test("two files", () => {
    expect(findImportCircles([file("a", "b"), file("b", "c", "a"), file("c")])).toEqual([
      "packages/core/src/a.ts -> packages/core/src/b.ts -> packages/core/src/a.ts",
    ]);
  });

  test("one file that imports itself", () => {
    expect(findImportCircles([file("a", "a")])).toHaveLength(1);
  });

  test("a diamond is none", () => {
    expect(findImportCircles([file("a", "b", "c"), file("b", "d"), file("c", "d"), file("d")])).toEqual([]);
  });
});
