import { expect, test } from "vitest";
import { createDelayLine } from "./delay-line.js";

/** A clock that goes on when it is told, and calls back only then. */
function createClock() {
  let now = 0;
  const alarms: { at: number; callback: () => void }[] = [];
  return {
    alarms,
    now: () => now,
    wait: (callback: () => void, ms: number) => void alarms.push({ at: now + ms, callback }),
    goTo(time: number) {
      now = time;
      for (const alarm of alarms.splice(0)) {
        if (alarm.at <= now) alarm.callback();
        else alarms.push(alarm);
      }
    },
  };
}

test("does everything in order, each after the delay and not before", () => {
  const clock = createClock();
  const done: string[] = [];
  const later = createDelayLine({ delayMs: 10, ...clock });
  later(() => done.push("a"));
  clock.goTo(4);
  later(() => done.push("b"));
  later(() => done.push("c"));
  clock.goTo(9);
  expect(done).toEqual([]);
  clock.goTo(10);
  expect(done).toEqual(["a"]);
  clock.goTo(13);
  expect(done).toEqual(["a"]);
  clock.goTo(14);
  expect(done).toEqual(["a", "b", "c"]);
});

test("needs one timer, however much waits", () => {
  const clock = createClock();
  const later = createDelayLine({ delayMs: 10, ...clock });
  for (let index = 0; index < 100; index++) later(() => undefined);
  expect(clock.alarms).toHaveLength(1);
});

test("takes more while it is at it, and works again after a pause", () => {
  const clock = createClock();
  const done: string[] = [];
  const later = createDelayLine({ delayMs: 10, ...clock });
  later(() => later(() => done.push("inner")));
  clock.goTo(10);
  expect(done).toEqual([]);
  clock.goTo(20);
  expect(done).toEqual(["inner"]);
  later(() => done.push("next"));
  clock.goTo(30);
  expect(done).toEqual(["inner", "next"]);
});

test("is not fooled by a timer that goes off too early", () => {
  const clock = createClock();
  const done: string[] = [];
  const later = createDelayLine({ delayMs: 10, ...clock });
  later(() => done.push("a"));
  clock.alarms.splice(0).forEach(({ callback }) => void callback());
  expect(done).toEqual([]);
  clock.goTo(10);
  expect(done).toEqual(["a"]);
});
