import type { EmailError } from "@getfluxly/email-core";
import { expect, test, vi } from "vitest";
import { openPool, toConsignment } from "../__fixtures__/deliver.js";
import { startScriptedRelay, usualAnswers } from "../__fixtures__/scripted-relay.js";
import { type Haste, startHastyRelay } from "./__fixtures__/start-hasty-relay.js";
import { startTruthfulRelay } from "./__fixtures__/start-truthful-relay.js";
import type { Pool } from "./create-pool.js";

const mail = (name: string) =>
  toConsignment({ to: [`${name}@example.com`], text: `Subject: ${name}\r\n\r\nHello ${name}\r\n` });
const submit = (pool: Pool, ...names: string[]) => names.map((name) => pool.submit(mail(name), 10_000));
const outcomesOf = (deliveries: ReturnType<typeof submit>) =>
  Promise.all(
    deliveries.map(({ outcome }) =>
      outcome.then(
        () => "sent",
        (error: EmailError) => `${error.code} ${error.certainty}`,
      ),
    ),
  );
const contentsIn = (received: string) => [...received.matchAll(/^Hello (\w+)\r$/gm)].map(([, name]) => name);

/** How often an envelope came in the packet of the end of the content before it. */
const countAhead = (received: string) => received.match(/\r\n\.\r\nMAIL FROM/g)?.length ?? 0;

test("the next envelope leaves in one write with the end of the content before it", async () => {
  await using relay = await startScriptedRelay({ answer: usualAnswers() });
  const pool = openPool(relay.port, { maxConnections: 1 });
  expect(await outcomesOf(submit(pool, "a", "b", "c"))).toEqual(["sent", "sent", "sent"]);
  await pool.close();
  expect(countAhead(relay.received())).toBe(2);
  expect(relay.received()).toMatch(
    /Hello a\r\n\.\r\nMAIL FROM:<sender@example\.com> SIZE=\d+\r\nRCPT TO:<b@example\.com>\r\nDATA\r\n/,
  );
});

test("nothing leaves ahead when the operator switches it off", async () => {
  await using relay = await startHastyRelay("closes");
  const pool = openPool(relay.port, { maxConnections: 1, lookAhead: false });
  expect(await outcomesOf(submit(pool, "a", "b", "c"))).toEqual(["sent", "sent", "sent"]);
  await pool.close();
  expect(relay.connections()).toBe(1);
});

test("nothing leaves ahead, nor in groups, where the relay does not announce PIPELINING", async () => {
  const chunks: string[] = [];
  const usual = usualAnswers({ EHLO: "250-relay.test\r\n250 SIZE 1000000\r\n" });
  let unanswered = 0;
  await using relay = await startScriptedRelay({
    answer(line, state) {
      const answer = usual(line, state);
      if (state.content && line !== "DATA") return answer;
      unanswered += 1;
      chunks.push(`${unanswered} ${line}`);
      // Answers late, so that a client that does not wait is seen.
      return (socket) =>
        void setTimeout(() => {
          unanswered -= 1;
          if (typeof answer === "string") socket.write(answer);
          else answer?.(socket);
        }, 2);
    },
  });
  const pool = openPool(relay.port, { maxConnections: 1 });
  expect(await outcomesOf(submit(pool, "a", "b", "c"))).toEqual(["sent", "sent", "sent"]);
  await pool.close();
  expect(chunks.filter((chunk) => !chunk.startsWith("1 "))).toEqual([]);
});

test.each<[Haste, string]>([
  ["discards", "sent"],
  ["refuses-with-503", "sent"],
  ["refuses-with-554", "sent"],
  ["answers-and-closes", "sent"],
  // Nobody can know: the relay did not say.
  ["closes", "outcome-unknown unknown"],
  ["skips-an-answer", "outcome-unknown unknown"],
])(
  "a relay that announces PIPELINING and %s is served without it, and nothing goes out twice",
  async (haste, first) => {
    await using relay = await startHastyRelay(haste);
    const pool = openPool(relay.port, { maxConnections: 1 });
    // What is thrown away is missed after 20 s.
    if (haste === "discards") vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const hurry = setInterval(() => vi.isFakeTimers() && vi.advanceTimersByTime(1_000), 5);
    try {
      const names = ["a", "b", "c", "d", "e"];
      const deliveries = names.map((name) => pool.submit(mail(name), 600_000));
      expect(await outcomesOf(deliveries)).toEqual([first, "sent", "sent", "sent", "sent"]);
      expect(contentsIn(relay.received())).toEqual(names);
      expect(relay.received().match(/\r\n\.\r\n(?=MAIL FROM)/g)?.length).toBeGreaterThan(0);
      expect(relay.connections()).toBe(2);
    } finally {
      clearInterval(hurry);
      vi.useRealTimers();
      await pool.close({ force: true });
    }
  },
);

test("a message that ends while its envelope is ahead costs the connection, and the one before it nothing", async () => {
  let answerContent: () => void = () => undefined;
  const usual = usualAnswers();
  let isFirst = true;
  await using relay = await startScriptedRelay({
    answer(line, state) {
      const answer = usual(line, state);
      if (line !== "." || !isFirst) return answer;
      isFirst = false;
      // The answers to what came ahead wait behind it.
      return (socket) => {
        socket.cork();
        answerContent = () => socket.uncork();
        socket.write("250 2.0.0 Ok\r\n");
      };
    },
  });
  const pool = openPool(relay.port, { maxConnections: 1 });
  const [first, second, third] = submit(pool, "a", "b", "c");
  if (!first || !second || !third) throw new Error("three were submitted");
  await expect.poll(() => relay.received().includes("RCPT TO:<b@")).toBe(true);
  pool.end(second, new Error("no longer"));
  expect(await outcomesOf([second])).toEqual(["aborted not_sent"]);
  answerContent();
  expect(await outcomesOf([first, third])).toEqual(["sent", "sent"]);
  await pool.close();
  expect(contentsIn(relay.received())).toEqual(["a", "c"]);
  expect(relay.connections()).toBe(2);
});

test.each([["no recipient is accepted, and the relay waits for content all the same", "b"]])(
  "where %s, the connection ends and nothing is transmitted",
  async () => {
    // Refuses the recipient, and says 354 nevertheless.
    const usual = usualAnswers();
    await using relay = await startScriptedRelay({
      answer: (line, state) => (line === "RCPT TO:<b@example.com>" ? "550 5.1.1 No\r\n" : usual(line, state)),
    });
    const pool = openPool(relay.port, { maxConnections: 1 });
    expect(await outcomesOf(submit(pool, "a", "b", "c"))).toEqual([
      "sent",
      "recipients-refused not_sent",
      "sent",
    ]);
    await pool.close();
    expect(contentsIn(relay.received())).toEqual(["a", "c"]);
    expect(relay.connections()).toBe(2);
  },
);

test("a recipient refused with 554 is no reason to give it up", async () => {
  const usual = usualAnswers();
  await using relay = await startScriptedRelay({
    answer(line, state) {
      if (line === "RCPT TO:<b@example.com>") return "554 5.7.1 Relay access denied\r\n";
      if (
        line === "DATA" &&
        !state.content &&
        relay.received().endsWith("RCPT TO:<b@example.com>\r\nDATA\r\n")
      ) {
        return "554 5.5.1 No valid recipients\r\n";
      }
      return usual(line, state);
    },
  });
  const pool = openPool(relay.port, { maxConnections: 1 });
  expect(await outcomesOf(submit(pool, "a", "b", "c", "d"))).toEqual([
    "sent",
    "recipients-refused not_sent",
    "sent",
    "sent",
  ]);
  await pool.close();
  expect(relay.connections()).toBe(1);
  expect(countAhead(relay.received())).toBe(2);
});

test("some refused recipients and 354 deliver to the others", async () => {
  const usual = usualAnswers();
  await using relay = await startScriptedRelay({
    answer: (line, state) => (line.includes("nobody@") ? "550 5.1.1 No\r\n" : usual(line, state)),
  });
  const pool = openPool(relay.port, { maxConnections: 1 });
  const partly = toConsignment({
    to: ["nobody@example.com", "b@example.com"],
    text: "Subject: b\r\n\r\nHello b\r\n",
  });
  const deliveries = [
    pool.submit(mail("a"), 10_000),
    pool.submit(partly, 10_000),
    pool.submit(mail("c"), 10_000),
  ];
  expect(await outcomesOf(deliveries)).toEqual(["sent", "sent", "sent"]);
  expect(await deliveries[1]?.outcome).toMatchObject({
    accepted: ["b@example.com"],
    rejected: [{ address: "nobody@example.com", permanent: true }],
  });
  await pool.close();
  expect(relay.connections()).toBe(1);
});

test("what takes time to compose does not leave ahead, and keeps its place", async () => {
  await using relay = await startScriptedRelay({ answer: usualAnswers() });
  const pool = openPool(relay.port, { maxConnections: 1 });
  const slow = { ...mail("b"), compose: async () => mail("b").compose() };
  const deliveries = [pool.submit(mail("a"), 10_000), pool.submit(slow, 10_000), ...submit(pool, "c")];
  expect(await outcomesOf(deliveries)).toEqual(["sent", "sent", "sent"]);
  await pool.close();
  expect(contentsIn(relay.received())).toEqual(["a", "b", "c"]);
});

test("a large content leaves in pieces, and an envelope with the last of them", async () => {
  await using relay = await startTruthfulRelay({
    misbehaviour: () => "proper",
    pipelining: true,
    splitAt: 0,
    delayMs: 0,
  });
  const pool = openPool(relay.port, { maxConnections: 1 });
  const large = (name: string) =>
    toConsignment({
      to: [`${name}@example.com`],
      text: `Subject: ${name}\r\n\r\n${"0123456789\r\n".repeat(40_000)}`,
    });
  const deliveries = ["a", "b", "c"].map((name) => pool.submit(large(name), 10_000));
  expect(await outcomesOf(deliveries)).toEqual(["sent", "sent", "sent"]);
  await pool.close();
  expect(relay.contents.map(({ recipient }) => recipient)).toEqual(["a", "b", "c"]);
});
