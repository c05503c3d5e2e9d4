import { emailErrorCodes } from "@getfluxly/email-core";
import { webhookErrorReasons } from "@getfluxly/email-core/webhook";
import { problemCodes } from "@getfluxly/email-host";
import { describe, expect, test } from "vitest";
import { readProjectFiles } from "../repository/read-project-files.js";
import { findPageMistakes } from "./find-page-mistakes.js";

test("every error code has its page, and the page says what the code says", () => {
  const pages = readProjectFiles(/^docs\/reference\/errors\/[^/]+\.md$/);
  const webhookCodes = Object.entries(webhookErrorReasons).map(([reason, it]) => [`webhook-${reason}`, it]);
  expect(findPageMistakes(pages, { ...emailErrorCodes, ...Object.fromEntries(webhookCodes) })).toEqual([]);
});

describe("a mistake in a page is found", () => {
  const codes = { "relay-asleep": { actor: "relay", retryable: true } };
  const good = `# relay-asleep

| actor | retryable |
| --- | --- |
| relay | true |

The relay sleeps.

## Usual causes

## The fix

## Is resending safe?
`;
  const index = "| [relay-asleep](relay-asleep.md) | relay | true |\n";
  const mistakes = (text: string, name = "relay-asleep") =>
    findPageMistakes(
      [
        { path: `docs/reference/errors/${name}.md`, text },
        { path: "docs/reference/errors/README.md", text: index },
      ],
      codes,
    );

  test("none in a good one", () => expect(mistakes(good)).toEqual([]));
  test("another actor", () =>
    expect(mistakes(good.replace("| relay | true", "| network | true"))).toHaveLength(1));
  test("another retryable", () => expect(mistakes(good.replace("| true", "| false"))).toHaveLength(1));
  test("another title", () => expect(mistakes(good.replace("# relay-", "# relays-"))).toHaveLength(1));
  test("no word on resending", () => expect(mistakes(good.replace("## Is", "Is"))).toHaveLength(1));
  test("another actor in the index", () => {
    const page = { path: "docs/reference/errors/relay-asleep.md", text: good };
    const wrong = { path: "docs/reference/errors/README.md", text: index.replace("relay |", "network |") };
    expect(findPageMistakes([page, wrong], codes)).toEqual([
      "docs/reference/errors/README.md lacks the row | [relay-asleep](relay-asleep.md) | relay | true |",
    ]);
  });
  test("a code without a page, a page without a code", () => {
    expect(mistakes(good, "relay-awake")).toEqual([
      "docs/reference/errors/relay-asleep.md is missing",
      "docs/reference/errors/relay-awake.md describes a code that does not exist",
    ]);
  });
});

test("every code of the host has its heading and its status in the page that its documents link to", () => {
  const [readme] = readProjectFiles(/^packages\/host\/README\.md$/);
  const headings = [...(readme?.text.matchAll(/^#+ ([a-z-]+)\n\n(\d{3})\. /gm) ?? [])];
  const documented = headings.map(([, code, status]) => [code, Number(status)]);
  const expected = Object.entries(problemCodes).map(([code, { status }]) => [code, status]);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(expected));
});
