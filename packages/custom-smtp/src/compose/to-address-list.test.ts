import { expect, test } from "vitest";
import { toAddressList } from "./to-address-list.js";

const address = "a@example.com";

test.each([
  [undefined, "a@example.com"],
  ["", "a@example.com"],
  ["  ", "a@example.com"],
  ["Anna B", "Anna B <a@example.com>"],
  [" Anna ", "Anna <a@example.com>"],
  ["Anna  B", '"Anna  B" <a@example.com>'],
  ["Dr. A", '"Dr. A" <a@example.com>'],
  ['A "B" \\ <c@d.example>, e', '"A \\"B\\" \\\\ <c@d.example>, e" <a@example.com>'],
  ["Ännä", "=?UTF-8?Q?=C3=84nn=C3=A4?= <a@example.com>"],
  ["\\".repeat(300), `"${"\\\\".repeat(300)}" <a@example.com>`],
])("the name %j", (name, list) => {
  expect(toAddressList([{ name, address }])).toBe(list);
});

test("a name whose backslashes would not fit a line is encoded", () => {
  expect(toAddressList([{ name: "\\".repeat(301), address }])).toMatch(
    /^=\?UTF-8\?Q\?(?:=5C){16}\?= =\?UTF-8/,
  );
});

test("several", () => {
  expect(toAddressList([{ address }, { name: "B", address: "b@example.com" }])).toBe(
    "a@example.com, B <b@example.com>",
  );
});
