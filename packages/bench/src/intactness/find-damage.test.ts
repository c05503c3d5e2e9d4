import { describe, expect, test } from "vitest";
import { createBenchMessage } from "../messages/bench-message.js";
import { messageKinds } from "../messages/message-kind.js";
import { toRawMessage } from "../messages/to-raw-message.js";
import { findDamage } from "./find-damage.js";
import { type ParsedMessage, parseContent } from "./parse-content.js";

const sent = [1, 2].map((sequence) => createBenchMessage("attachment", sequence));
const received: ParsedMessage[] = sent.map(({ to, subject, text, attachment }) => ({
  ...{ from: "news@customer.test", to: to.address, subject, text },
  attachments: attachment ? [attachment] : [],
}));
const [one, two] = received as [ParsedMessage, ParsedMessage];

test("finds nothing when each came once, in whatever order", () => {
  expect(findDamage(sent, [two, one])).toEqual([]);
  expect(findDamage(sent, [{ ...one, text: one.text.replaceAll("\n", "\r\n").trimEnd() }, two])).toEqual([]);
});

test("finds what is missing, came twice, or was never sent", () => {
  expect(findDamage(sent, [one])).toEqual(["message 2 did not come"]);
  expect(findDamage(sent, [one, one, two])).toEqual([
    `"${one.subject}" came, but was not sent, or came twice`,
  ]);
  expect(findDamage(sent, [one, two, { ...one, subject: "?" }])).toHaveLength(1);
});

describe("finds a difference in", () => {
  const [attachment] = one.attachments;
  const changed = Uint8Array.from(attachment?.content ?? []);
  changed[1000] = 1 + (changed[1000] ?? 0);
  test.each<[string, Partial<ParsedMessage>]>([
    ["sender", { from: "other@customer.test" }],
    ["recipient", { to: two.to }],
    ["text", { text: one.text.replace("order", "Order") }],
    ["text", { text: one.text.replace("\n\n", "\n") }],
    ["text", { text: two.text }],
    ["attachments", { attachments: [] }],
    ["attachments", { attachments: [...one.attachments, ...two.attachments] }],
    ["attachments", { attachments: [{ filename: attachment?.filename ?? "", content: changed }] }],
  ])("%s", (what, difference) => {
    const damage = findDamage(sent, [{ ...one, ...difference }, two]);
    expect(damage).toHaveLength(1);
    expect(damage[0]).toContain(`message 1: ${what} `);
  });
});

test.each(messageKinds)("a raw %s message reads as what it was made from", async (kind) => {
  const message = createBenchMessage(kind, 3);
  const raw = toRawMessage(message).replaceAll("\n", "\r\n");
  expect(findDamage([message], [await parseContent(Buffer.from(raw))])).toEqual([]);
});
