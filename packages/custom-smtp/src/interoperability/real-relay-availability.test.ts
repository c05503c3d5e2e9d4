import { afterEach, expect, test, vi } from "vitest";
import { isRelayAvailable } from "./__fixtures__/real-relay-availability.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("where real relays are required, one that is missing is an error and not a test left out", () => {
  vi.stubEnv("REQUIRE_REAL_RELAYS", "1");
  expect(() => isRelayAvailable("Exim", "not unpacked by .ci/run")).toThrow(
    "left out: Exim interoperability (not unpacked by .ci/run)",
  );
  expect(isRelayAvailable("Exim", undefined)).toBe(true);
});

test("elsewhere it is left out, and said to be", () => {
  vi.stubEnv("REQUIRE_REAL_RELAYS", undefined);
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(isRelayAvailable("Exim", "needs root")).toBe(false);
  expect(write.mock.calls).toEqual([["left out: Exim interoperability (needs root)\n"]]);
});
