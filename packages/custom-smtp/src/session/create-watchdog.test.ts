import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createWatchdog } from "./create-watchdog.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("expires when what is awaited does not come in its time", () => {
  const onExpire = vi.fn();
  createWatchdog(onExpire).start(1_000);
  vi.advanceTimersByTime(999);
  expect(onExpire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(onExpire.mock.calls).toEqual([[1_000]]);
});

test("does not expire for what has come, however many waits share its timer", () => {
  const onExpire = vi.fn();
  const watchdog = createWatchdog(onExpire);
  for (let wait = 0; wait < 100; wait += 1) {
    watchdog.start(1_000);
    vi.advanceTimersByTime(900);
    watchdog.stop();
  }
  expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  vi.advanceTimersByTime(10_000);
  expect(onExpire).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("a shorter wait after a longer one expires in its own time", () => {
  const onExpire = vi.fn();
  const watchdog = createWatchdog(onExpire);
  watchdog.start(60_000);
  watchdog.stop();
  watchdog.start(1_000);
  vi.advanceTimersByTime(1_001);
  expect(onExpire.mock.calls).toEqual([[1_000]]);
});

test("leaves no timer when nothing more is awaited", () => {
  const onExpire = vi.fn();
  const watchdog = createWatchdog(onExpire);
  watchdog.start(1_000);
  watchdog.end();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(10_000);
  expect(onExpire).not.toHaveBeenCalled();
});
