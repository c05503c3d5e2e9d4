import { readFileSync } from "node:fs";
import { emailErrorCodes } from "@getfluxly/email-core";
import { expect, test } from "vitest";
import { problemCodes } from "./problem-codes.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("every code has its heading in the README, and every heading there is a code", () => {
  const headings = [...readme.matchAll(/^#### ([a-z-]+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(Object.keys(problemCodes));
});

test("no code means two things", () => {
  expect(Object.keys(problemCodes).filter((code) => code in emailErrorCodes)).toEqual([]);
});

test.each(Object.entries(problemCodes))(
  "%s says what is wrong and what to do",
  (_, { detail, remedy, title }) => {
    expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(title).not.toMatch(/\.$/);
  },
);
