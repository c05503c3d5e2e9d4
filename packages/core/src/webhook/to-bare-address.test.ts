import { expect, test } from "vitest";
import { toBareAddress } from "./to-bare-address.js";

test.each([
  ["kim@example.net", "kim@example.net"],
  [" kim@example.net ", "kim@example.net"],
  ["Lee <lee@example.net>", "lee@example.net"],
  ['"Kim <K.>" <kim@example.net> ', "kim@example.net"],
  ["<kim@example.net>", "kim@example.net"],
])("the address in %j", (text, address) => {
  expect(toBareAddress(text)).toBe(address);
});
