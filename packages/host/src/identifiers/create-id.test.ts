import { isUlid } from "@getfluxly/email-core";
import { expect, test } from "vitest";
import { createId } from "./create-id.js";
import { isId } from "./is-id.js";

test("ids are prefixed ULIDs of now, unique, and sort in the order in which they were made", () => {
  const before = Date.now();
  const ids = Array.from({ length: 5000 }, () => createId("epr"));
  const after = Date.now();
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect([id.slice(0, 4), isUlid(id.slice(4)), isId(id)]).toEqual(["epr_", true, true]);
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const timeMs = [...(ids[0] ?? "").slice(4, 14)].reduce(
    (value, digit) => value * 32 + alphabet.indexOf(digit),
    0,
  );
  expect(timeMs).toBeGreaterThanOrEqual(before);
  expect(timeMs).toBeLessThanOrEqual(after);
});
