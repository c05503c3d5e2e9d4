import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureOf, openPool, toConsignment } from "../__fixtures__/deliver.js";
import { type Answer, startScriptedRelay, usualAnswers } from "../__fixtures__/scripted-relay.js";
import { watchSockets } from "../__fixtures__/watch-sockets.js";
import type { DeliveryOptions } from "../delivery-options.js";
import type { Pool } from "./create-pool.js";

const greeting = "220 relay.test\r\n";
const ok = { MAIL: "250 2.1.0 Ok\r\n", DATA: "354 Go\r\n", ".": "250 2.0.0 Ok\r\n" };

const open = (port: number, options: DeliveryOptions): Pool => {
  const pool = openPool(port, options);
  onTestFinished(() => pool.close({ force: true }));
  return pool;
};

const send = (pool: Pool, name: string) => {
  const text = `Subject: ${name}\r\n\r\nHello ${name}\r\n`;
  return pool.submit(toConsignment({ to: [`${name}@example.com`], text }), 10_000).outcome;
};

const contentsIn = (received: string) => [...received.matchAll(/^Hello (\w+)\r$/gm)].map(([, name]) => name);
const countData = (received: string) => received.match(/^DATA\r$/gm)?.length ?? 0;

/** Something else at one of its occurrences, counted from 1. */
const at = (occurrence: number, unusual: Answer, usual: Answer): Answer => {
  let seen = 0;
  return (socket) => {
    seen += 1;
    const answer = seen === occurrence ? unusual : usual;
    if (typeof answer === "string") socket.write(answer);
    else answer(socket);
  };
};

describe.each<[string, (socket: Socket) => void]>([
  ["closed", (socket) => socket.end()],
  ["reset", (socket) => socket.resetAndDestroy()],
  ["closed with 421", (socket) => socket.end("421 4.4.2 Idle for too long\r\n")],
])("a connection that is %s while idle", (_how, end) => {
  test.each([
    // The envelope leaves before the end arrives.
    { when: "just before the next message", isSeen: false, mostData: 3 },
    { when: "some time before the next message", isSeen: true, mostData: 2 },
  ])("$when is replaced at once, and the message goes out once", async ({ isSeen, mostData }) => {
    const accepted: Socket[] = [];
    await using relay = await startScriptedRelay({
      greeting(socket) {
        accepted.push(socket);
        socket.write(greeting);
      },
      answer: usualAnswers(),
    });
    using sockets = watchSockets();
    const pool = open(relay.port, {});
    await send(pool, "first");
    const [theirs] = accepted;
    const [ours] = sockets.dialled;
    if (!theirs || !ours) throw new Error("it was sent over a connection");
    end(theirs);
    if (isSeen) await expect.poll(() => ours.closed).toBe(true);
    const started = performance.now();
    await send(pool, "second");
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(contentsIn(relay.received())).toEqual(["first", "second"]);
    expect(relay.connections()).toBe(2);
    expect(countData(relay.received())).toBeLessThanOrEqual(mostData);
  });
});

describe("a second 250 to one message", () => {
  /** `extra` is what happens at the dot with that number. Counts the lines of content that come without a 354. */
  async function startTalkativeRelay(dot: number, extra: Answer, mail: Answer = ok.MAIL) {
    const invited = new WeakSet<Socket>();
    let uninvited = 0;
    const answer = usualAnswers({
      MAIL: mail,
      DATA(socket) {
        invited.delete(socket);
        // Late, so that a client that does not wait is seen.
        setTimeout(() => {
          invited.add(socket);
          socket.write(ok.DATA);
        }, 20);
      },
      "<content>"(socket) {
        if (!invited.has(socket)) uninvited += 1;
      },
      ".": at(dot, extra, ok["."]),
    });
    const relay = await startScriptedRelay({ greeting, answer });
    return Object.assign(relay, { uninvited: () => uninvited });
  }

  const unknown = { code: "outcome-unknown", stage: "end-of-data", certainty: "unknown" };
  const twice = ok["."].repeat(2);
  /** The second waits until the next MAIL is there, and comes before the answer to it. */
  const late: Answer = (socket) => {
    socket.write(ok["."]);
    socket.cork();
    socket.write(ok["."]);
  };
  const answerAndUncork: Answer = (socket) => {
    socket.write(ok.MAIL);
    socket.uncork();
  };

  test.each([
    { lookAhead: true, when: "at once", extra: twice },
    { lookAhead: true, when: "late", extra: late },
    { lookAhead: false, when: "at once", extra: twice },
    { lookAhead: false, when: "late", extra: late },
  ])(
    "$when is not taken for an answer to the next, with look-ahead $lookAhead",
    async ({ lookAhead, extra }) => {
      await using relay = await startTalkativeRelay(1, extra, answerAndUncork);
      const pool = open(relay.port, { maxConnections: 1, lookAhead });
      await send(pool, "a");
      await send(pool, "b");
      expect(contentsIn(relay.received())).toEqual(["a", "b"]);
      expect(relay.uninvited()).toBe(0);
      expect(relay.connections()).toBe(2);
    },
  );

  test.each<[string, number, object]>([
    // Nobody can know: the answer to the message may be missing, and the first 250 be that to the MAIL after it.
    ["makes it unknown where the next is ahead", 1, { reason: unknown }],
    ["does not once the relay has answered one ahead as it should", 2, { status: "fulfilled" }],
  ])("%s, and the others go out once", async (_what, dot, first) => {
    await using relay = await startTalkativeRelay(dot, twice);
    const pool = open(relay.port, { maxConnections: 1 });
    const outcomes = await Promise.allSettled(["a", "b", "c"].map((name) => send(pool, name)));
    expect(outcomes).toMatchObject([first, { status: "fulfilled" }, { status: "fulfilled" }]);
    expect(contentsIn(relay.received())).toEqual(["a", "b", "c"]);
    expect(relay.uninvited()).toBe(0);
    expect(relay.connections()).toBe(2);
  });
});

describe.each([
  { reply: "451 4.3.0 Later", code: "relay-deferred", over: "the same connection", connections: 1 },
  // The relay leaves the first one open.
  { reply: "421 4.3.2 Closing", code: "relay-unavailable", over: "a new connection", connections: 2 },
])("the message after one that got $reply", ({ reply, code, over, connections }) => {
  test.each([
    { when: "submitted afterwards", isAhead: false },
    { when: "its envelope ahead", isAhead: true },
  ])(`goes out once over ${over}, $when`, async ({ isAhead }) => {
    await using relay = await startScriptedRelay({
      greeting,
      answer: usualAnswers({ ".": at(1, `${reply}\r\n`, ok["."]) }),
    });
    using sockets = watchSockets();
    const pool = open(relay.port, { maxConnections: 1 });
    const refused = failureOf(send(pool, "a"));
    if (!isAhead) await refused;
    await send(pool, "b");
    expect(await refused).toMatchObject({
      code,
      stage: "end-of-data",
      certainty: "not_sent",
      retryable: true,
    });
    expect(contentsIn(relay.received())).toEqual(["a", "b"]);
    expect(relay.connections()).toBe(connections);
    expect(sockets.dialled[0]?.destroyed).toBe(connections === 2);
  });
});

test("a relay that closes before its greeting is told to everyone who waits, at once", async () => {
  await using relay = await startScriptedRelay({ greeting: (socket) => socket.destroy() });
  const pool = open(relay.port, { maxConnections: 2 });
  const started = performance.now();
  const failures = await Promise.all(Array.from({ length: 20 }, () => failureOf(send(pool, "a"))));
  expect(performance.now() - started).toBeLessThan(1_000);
  for (const failure of failures) {
    expect(failure).toMatchObject({
      code: "connection-lost",
      stage: "greeting",
      certainty: "not_sent",
      retryable: true,
    });
  }
  expect(relay.connections()).toBeLessThanOrEqual(2);
});

describe.each([1, 2])("of at most %s, a connection that is lost and cannot be replaced", (maxConnections) => {
  const waiting = [..."bcdefghijk"];

  test("because the relay refuses another is told to everyone who waits", async () => {
    await using relay = await startScriptedRelay({
      greeting: at(1, greeting, (socket) => socket.end("554 5.7.1 Go away\r\n")),
      answer: usualAnswers({ MAIL: at(2, (socket) => socket.resetAndDestroy(), ok.MAIL) }),
    });
    using sockets = watchSockets();
    const pool = open(relay.port, { maxConnections });
    await send(pool, "a");
    const failures = await Promise.all(waiting.map((name) => failureOf(send(pool, name))));
    for (const failure of failures) {
      expect(failure).toMatchObject({ code: "relay-refused", stage: "greeting", certainty: "not_sent" });
    }
    expect(contentsIn(relay.received())).toEqual(["a"]);
    // The second is b's, in one write with its MAIL.
    expect(countData(relay.received())).toBe(2);
    expect(sockets.dialled.length).toBeLessThanOrEqual(1 + maxConnections);
  });

  test("because nothing listens any more is told to everyone who waits", async () => {
    await using relay = await startScriptedRelay({ greeting, answer: usualAnswers() });
    using sockets = watchSockets();
    const pool = open(relay.port, { maxConnections });
    await send(pool, "a");
    const failures = waiting.map((name) => failureOf(send(pool, name)));
    await relay[Symbol.asyncDispose]();
    for (const failure of await Promise.all(failures)) {
      expect(failure).toMatchObject({ code: "connection-failed", stage: "tcp", certainty: "not_sent" });
    }
    expect(contentsIn(relay.received())).toEqual(["a"]);
    expect(sockets.dialled.length).toBeLessThanOrEqual(1 + maxConnections);
  });
});
