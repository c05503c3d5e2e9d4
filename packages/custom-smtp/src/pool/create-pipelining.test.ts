import { expect, test, vi } from "vitest";
import { createPipelining } from "./create-pipelining.js";

test("steps down one level below the one that failed, and never up again", () => {
  const onStepDown = vi.fn();
  const pipelining = createPipelining("ahead", onStepDown);
  pipelining.stepDown("ahead");
  expect(pipelining.level()).toBe("grouped");
  // Another connection that had begun before reports the same.
  pipelining.stepDown("ahead");
  expect(pipelining.level()).toBe("grouped");
  pipelining.stepDown("grouped");
  pipelining.stepDown("sequential");
  pipelining.stepDown("ahead");
  expect(pipelining.level()).toBe("sequential");
  expect(onStepDown.mock.calls).toEqual([["grouped"], ["sequential"]]);
});

test("is proven level by level", () => {
  const pipelining = createPipelining("ahead", () => undefined);
  expect(pipelining.isProven("ahead")).toBe(false);
  pipelining.prove("grouped");
  expect(pipelining.isProven("ahead")).toBe(false);
  expect(pipelining.isProven("grouped")).toBe(true);
});
