import { expect, test } from "vitest";
import { toMarkdown, toText } from "./table.js";

const table = [
  ["", "rate", "more"],
  ["ours", "12"],
  ["nodemailer", "3", "a|b"],
];

test("as text, in columns", () => {
  expect(toText(table)).toBe(
    ["            rate  more", "ours          12", "nodemailer     3   a|b"].join("\n"),
  );
});

test("as Markdown, with a heading and all cells", () => {
  expect(toMarkdown(table)).toBe(
    [
      "|            | rate | more |",
      "| ---------- | ---- | ---- |",
      "| ours       | 12   |      |",
      "| nodemailer | 3    | a\\|b |",
    ].join("\n"),
  );
});
