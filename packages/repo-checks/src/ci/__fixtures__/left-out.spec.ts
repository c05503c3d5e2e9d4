import { describe, expect, test } from "vitest";

test("runs", () => undefined);
test("fails", () => expect(1).toBe(2));
test.skip("is skipped", () => undefined);
test.skipIf(true)("lacks something", () => undefined);
test("skips itself", ({ skip }) => skip());
test.todo("is to be written");
describe.skip("at a terminal", () => {
  test("asks", () => undefined);
});
