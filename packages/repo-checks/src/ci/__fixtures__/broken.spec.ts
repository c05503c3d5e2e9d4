import { afterAll, test } from "vitest";

afterAll(() => {
  throw new Error("something was left behind");
});
test("runs as well", () => undefined);
