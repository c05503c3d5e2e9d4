import { describe, expect, test } from "vitest";
import { readProjectFiles } from "../repository/read-project-files.js";
import { compileFences } from "./compile-fences.js";
import { extractFences } from "./extract-fences.js";
import { findDeadLinks } from "./find-dead-links.js";
import { findUnlinkedPages } from "./find-unlinked-pages.js";

const pages = readProjectFiles(/\.(md|svg)$/);

describe("this repository", () => {
  test("has no dead link in its pages", () => {
    expect(pages.length).toBeGreaterThan(40);
    expect(findDeadLinks(pages)).toEqual([]);
  });

  test("leads from its README to every page of docs", () => {
    expect(findUnlinkedPages(pages, "README.md", "docs/")).toEqual([]);
  });

  test("has only TypeScript fences that compile", () => {
    const fences = pages.flatMap((page) => extractFences(page, "ts"));
    expect(fences.length).toBeGreaterThan(3);
    expect(fences.filter(({ text }) => /@ts-(nocheck|ignore)/.test(text))).toEqual([]);
    expect(compileFences(fences, "pages")).toEqual([]);
  }, 60_000);

  test("spells TypeScript fences `ts`, so that none escapes the compiler", () => {
    const others = ["typescript", "tsx", "mts", "cts"];
    expect(pages.flatMap((page) => others.flatMap((language) => extractFences(page, language)))).toEqual([]);
  });

  test("names nothing outside itself", () => {
    const outside = new RegExp(["\\.\\./shar", "ed\\b|(?<![\\w.])/wo", "rk(?![\\w-])"].join(""));
    const found = readProjectFiles(/(?<!pnpm-lock\.yaml)$/).filter(({ text }) => outside.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

describe("findDeadLinks", () => {
  const dead = (text: string, ...there: string[]) =>
    findDeadLinks([{ path: "docs/a.md", text }], (path) => there.includes(path));

  test("names page and line", () => {
    expect(dead("one\n[two](b.md)\n")).toEqual(["docs/a.md:2 links to b.md, which is not there"]);
  });
  test("follows folders, images, anchors and HTML", () => {
    const text =
      "# Top\n[b](../b/c.md) ![p](./p.svg) [t](#top) [x](https://example.com/x) <img src='' alt='' />";
    expect(dead(text, "docs/a.md", "b/c.md", "docs/p.svg")).toEqual([]);
    expect(dead(text, "docs/a.md")).toHaveLength(2);
    expect(dead("[t](#bottom)", "docs/a.md")).toEqual([
      "docs/a.md:1 links to #bottom, which has no such heading",
    ]);
    expect(dead('<img alt="" src="p.svg">')).toHaveLength(1);
    expect(dead("[out](../../b.md)", "../b.md")).toHaveLength(1);
  });
  test("leaves code alone", () => {
    expect(dead("```sh\n[a](b.md)\n```\n")).toEqual([]);
  });
});

test("findUnlinkedPages follows links over several pages and folders", () => {
  const page = (path: string, text = "") => ({ path, text });
  const pages = [
    page("README.md", "[a](docs/a.md)"),
    page("docs/a.md", "[b](./b/)"),
    page("docs/b/README.md", "[a](../a.md)"),
    page("docs/lonely.md", "[a](a.md)"),
    page("other.md"),
  ];
  expect(findUnlinkedPages(pages, "README.md", "docs/")).toEqual(["docs/lonely.md"]);
});

test("compileFences names page and line of a mistake", () => {
  const page = {
    path: "docs/wrong.md",
    text: [
      "Text.",
      "```ts",
      'import { expect } from "vitest";',
      'const code: number = "text";',
      "expect(code);",
      "```",
      "```sh",
      "no code",
      "```",
    ].join("\n"),
  };
  const found = compileFences(extractFences(page, "ts"), "self-test");
  expect(found.join("\n")).toMatch(/^docs\/wrong\.md:4\(/);
  expect(found.join("\n")).not.toMatch(/no code|wrong\.md:8/);
}, 60_000);
