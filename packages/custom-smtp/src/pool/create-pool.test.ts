import { describe, expect, test, vi } from "vitest";
import { failureOf, openPool, toConsignment } from "../__fixtures__/deliver.js";
import { type Answer, startScriptedRelay, usualAnswers } from "../__fixtures__/scripted-relay.js";
import type { DeliveryOptions } from "../delivery-options.js";
import { startTruthfulRelay } from "./__fixtures__/start-truthful-relay.js";
import type { Pool } from "./create-pool.js";
import type { Consignment } from "./delivery.js";

const relayWith = (answers: Record<string, Answer> = {}, greeting?: Answer) =>
  startScriptedRelay({ greeting, answer: usualAnswers(answers) });

const send = (pool: Pool, consignment: Partial<Parameters<typeof toConsignment>[0]> = {}) =>
  pool.submit(toConsignment(consignment), 10_000).outcome;

const mail = (name: string) => ({
  to: [`${name}@example.com`],
  text: `Subject: ${name}\r\n\r\nHello ${name}\r\n`,
});

const countOf = (text: string, part: string) => text.split(part).length - 1;
const contentsIn = (received: string) =>
  [...received.matchAll(/^Hello (\w+)\r$/gm)].map(([, name]) => name).sort();

async function using<T>(
  port: number,
  options: DeliveryOptions,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const pool = openPool(port, options);
  try {
    return await work(pool);
  } finally {
    await pool.close({ force: true });
  }
}

/** Proper until this command arrives, and then silent for good, as a server that is stuck. */
const relayStuckAt = (command: string) => {
  const usual = usualAnswers();
  let isStuck = command === "GREETING";
  return startScriptedRelay({
    greeting: isStuck ? () => undefined : undefined,
    answer(line, state) {
      const answer = usual(line, state);
      isStuck ||= !state.content && line.startsWith(command);
      isStuck ||= command === "DATA" && line === "DATA";
      return isStuck ? undefined : answer;
    },
  });
};

/** Behaves for the first `count` occurrences of a command, then otherwise. */
const after = (count: number, usual: string, then: Answer): Answer => {
  let seen = 0;
  return (socket) => {
    seen += 1;
    const answer = seen > count ? then : usual;
    if (typeof answer === "string") socket.write(answer);
    else answer(socket);
  };
};
const ok = {
  MAIL: "250 2.1.0 Ok\r\n",
  RCPT: "250 2.1.5 Ok\r\n",
  DATA: "354 Go\r\n",
  ".": "250 2.0.0 Ok\r\n",
};
const onlyTheFirst = (first: Answer, usual: string): Answer => {
  let seen = 0;
  return (socket) => {
    seen += 1;
    const answer = seen === 1 ? first : usual;
    if (typeof answer === "string") socket.write(answer);
    else answer(socket);
  };
};

describe("connections", () => {
  test("two messages in a row share one", async () => {
    await using relay = await relayWith();
    await using(relay.port, {}, async (pool) => {
      await send(pool);
      await send(pool);
    });
    expect(relay.connections()).toBe(1);
  });

  test("twelve senders never open a third where two are allowed, and all are served", async () => {
    let open = 0;
    let most = 0;
    const greeting: Answer = (socket) => {
      open += 1;
      most = Math.max(most, open);
      socket.on("close", () => {
        open -= 1;
      });
      socket.write("220 relay.test\r\n");
    };
    await using relay = await relayWith({}, greeting);
    await using(relay.port, { maxConnections: 2, maxMessagesPerConnection: 4 }, async (pool) => {
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(Array.from({ length: 12 }, (_unused, index) => send(pool, mail(`m${index}`))));
      }
      await pool.close();
    });
    expect(most).toBe(2);
    expect(contentsIn(relay.received())).toHaveLength(60);
    // Recycled politely each time.
    expect(relay.connections()).toBeGreaterThanOrEqual(15);
    expect(countOf(relay.received(), "QUIT\r\n")).toBe(relay.connections());
  });

  test.each([
    ["the operator's", {}, { maxMessagesPerConnection: 2 }],
    [
      "the relay's (MAILMAX of RFC 9422)",
      { EHLO: "250-relay\r\n250-PIPELINING\r\n250 LIMITS MAILMAX=2 RCPTMAX=9\r\n" },
      {},
    ],
  ])("are replaced after %s number of messages", async (_whose, answers, options) => {
    await using relay = await relayWith(answers);
    await using(relay.port, { ...options, maxConnections: 1 }, async (pool) => {
      await Promise.all(["a", "b", "c", "d", "e"].map((name) => send(pool, mail(name))));
      await pool.close();
    });
    expect(contentsIn(relay.received())).toEqual(["a", "b", "c", "d", "e"]);
    expect(relay.connections()).toBe(3);
  });

  test("are replaced when they are old, and left with QUIT when nothing comes", async () => {
    await using relay = await relayWith();
    await using(
      relay.port,
      { maxConnectionAgeMs: 30, idleTimeoutMs: 60_000, maxConnections: 1 },
      async (pool) => {
        await send(pool);
        await new Promise((resolve) => setTimeout(resolve, 60));
        await send(pool);
        await send(pool);
      },
    );
    expect(relay.connections()).toBeGreaterThanOrEqual(2);

    await using other = await relayWith();
    const pool = openPool(other.port, { idleTimeoutMs: 20 });
    await send(pool);
    await other.allClosed();
    expect(other.received()).toMatch(/QUIT\r\n$/);
    await send(pool);
    expect(other.connections()).toBe(2);
    await pool.close();
  });

  test.each<[string, Answer]>([
    ["a reset", (socket) => socket.resetAndDestroy()],
    ["421", (socket) => socket.end("421 4.3.2 Closing\r\n")],
  ])("that meets %s at MAIL is replaced if it has served before; a fresh one tells", async (_what, end) => {
    await using relay = await relayWith({ MAIL: after(1, ok.MAIL, onlyTheFirst(end, ok.MAIL)) });
    await using(relay.port, { maxConnections: 1 }, async (pool) => {
      await send(pool, mail("first"));
      await send(pool, mail("second"));
    });
    expect(contentsIn(relay.received())).toEqual(["first", "second"]);

    await using other = await relayWith({ MAIL: end });
    await using(other.port, {}, async (pool) => {
      expect(await failureOf(send(pool))).toMatchObject({ certainty: "not_sent", retryable: true });
    });
    expect(other.connections()).toBe(1);
  });

  test.each([true, false])("goes on after refusals, with look-ahead %s", async (lookAhead) => {
    // a: the recipient is refused, and so DATA. c: the message is.
    const refused = [3, 13];
    await using relay = await startTruthfulRelay({
      misbehaviour: (_connection, command) => (refused.includes(command) ? "permanent" : "proper"),
      pipelining: true,
      splitAt: 0,
      delayMs: 0,
    });
    await using(relay.port, { maxConnections: 1, lookAhead }, async (pool) => {
      const outcomes = await Promise.allSettled(["a", "b", "c", "d"].map((name) => send(pool, mail(name))));
      expect(outcomes).toMatchObject([
        { reason: { code: "recipients-refused", certainty: "not_sent" } },
        { status: "fulfilled" },
        { reason: { code: "message-refused", stage: "end-of-data", certainty: "not_sent" } },
        { status: "fulfilled" },
      ]);
    });
    expect(relay.contents).toMatchObject([
      { recipient: "b", answer: "confirmed" },
      { recipient: "c", answer: "refused" },
      { recipient: "d", answer: "confirmed" },
    ]);
    expect(relay.connections()).toBe(1);
  });

  test.each([
    // As OpenSMTPD does: everything but RSET and QUIT is refused then.
    "452 4.5.3 Too many messages sent",
    "503 5.5.1 Bad sequence of commands",
  ])("that takes no more senders (%s) is replaced, and nobody hears of it", async (refusal) => {
    let mails = 0;
    const greeting: Answer = (socket) => {
      mails = 0;
      socket.write("220 relay.test\r\n");
    };
    const usual = usualAnswers();
    await using relay = await startScriptedRelay({
      greeting,
      answer(line, state) {
        if (!state.content && line.startsWith("MAIL")) mails += 1;
        if (!state.content && mails > 3 && /^(MAIL|RCPT|DATA)/.test(line)) return `${refusal}\r\n`;
        return usual(line, state);
      },
    });
    await using(relay.port, { maxConnections: 1 }, async (pool) => {
      const names = Array.from({ length: 10 }, (_unused, index) => `m${index}`);
      await Promise.all(names.map((name) => send(pool, mail(name))));
      expect(contentsIn(relay.received())).toEqual(names);
    });
    expect(relay.connections()).toBe(4);
  });

  test("that cannot be opened tells everyone who waits", async () => {
    await using relay = await relayWith({}, (socket) => socket.end("554 5.7.1 Go away\r\n"));
    await using(relay.port, { maxConnections: 2 }, async (pool) => {
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => send(pool)));
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ reason: { code: "relay-refused", stage: "greeting" } });
      }
    });
  });

  test("are fewer where the relay takes fewer, and nobody hears of it", async () => {
    let open = 0;
    const greeting: Answer = (socket) => {
      if (open > 0) return socket.end("421 4.7.0 Too many connections\r\n");
      open += 1;
      socket.on("close", () => {
        open -= 1;
      });
      socket.write("220 relay.test\r\n");
    };
    await using relay = await relayWith({}, greeting);
    await using(relay.port, { maxConnections: 5 }, async (pool) => {
      await send(pool);
      await Promise.all(Array.from({ length: 30 }, (_unused, index) => send(pool, mail(`m${index}`))));
    });
    expect(relay.received().match(/^Hello m/gm)).toHaveLength(30);
    // It asked for more, was told no, and did not go on asking.
    expect(relay.connections()).toBeGreaterThan(1);
    expect(relay.connections()).toBeLessThanOrEqual(7);
  });
});

describe("the queue", () => {
  test("is bounded, and says so", async () => {
    await using relay = await relayWith({}, () => undefined);
    await using(relay.port, { maxConnections: 1, maxQueued: 3 }, async (pool) => {
      const waiting = Array.from({ length: 3 }, () => failureOf(send(pool)));
      expect(() => pool.submit(toConsignment({}), 1_000)).toThrow(
        expect.objectContaining({
          code: "queue-full",
          certainty: "not_sent",
          retryable: true,
          actor: "caller",
        }),
      );
      await pool.close({ force: true });
      expect(await Promise.all(waiting)).toHaveLength(3);
    });
  });

  test("composes a message when a connection is ready for it, not before", async () => {
    await using relay = await relayWith({}, () => undefined);
    const compose = vi.fn(toConsignment({}).compose);
    await using(relay.port, { maxConnections: 1 }, async (pool) => {
      const delivery = pool.submit({ ...toConsignment({}), compose }, 40);
      expect(await failureOf(delivery.outcome)).toMatchObject({ code: "timed-out", stage: "greeting" });
    });
    expect(compose).not.toHaveBeenCalled();
  });

  test("keeps the rate", async () => {
    await using relay = await relayWith();
    const times: number[] = [];
    await using(relay.port, { rate: { messages: 2, perMs: 80 } }, async (pool) => {
      await Promise.all(
        Array.from({ length: 5 }, () => send(pool).then(() => times.push(performance.now()))),
      );
    });
    expect((times[4] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(140);
  });

  test("fails a message that cannot be composed, and goes on", async () => {
    await using relay = await relayWith();
    const bad = (compose: Consignment["compose"]): Consignment => ({ ...toConsignment({}), compose });
    await using(relay.port, { maxConnections: 1 }, async (pool) => {
      const outcomes = await Promise.allSettled([
        send(pool, mail("a")),
        pool.submit(
          bad(() => Promise.reject(new Error("no"))),
          1_000,
        ).outcome,
        pool.submit(
          bad(() => {
            throw new Error("no");
          }),
          1_000,
        ).outcome,
        send(pool, mail("b")),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual([
        "fulfilled",
        "rejected",
        "rejected",
        "fulfilled",
      ]);
    });
    expect(contentsIn(relay.received())).toEqual(["a", "b"]);
  });
});

describe("an end from outside", () => {
  test("of a waiting message leaves the others alone", async () => {
    let go: () => void = () => undefined;
    await using relay = await relayWith({
      ".": onlyTheFirst((socket) => {
        go = () => socket.write(ok["."]);
      }, ok["."]),
    });
    await using(relay.port, { maxConnections: 1, lookAhead: false }, async (pool) => {
      const first = send(pool, mail("a"));
      const second = pool.submit(toConsignment(mail("b")), 10_000);
      const third = send(pool, mail("c"));
      await expect.poll(() => relay.received().includes("Hello a")).toBe(true);
      pool.end(second, new Error("no longer"));
      expect(await failureOf(second.outcome)).toMatchObject({
        code: "aborted",
        certainty: "not_sent",
        stage: "queue",
      });
      go();
      await first;
      await third;
    });
    expect(contentsIn(relay.received())).toEqual(["a", "c"]);
  });

  test("settles within 50 ms at every moment, and leaves no socket", async () => {
    for (const at of ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "."]) {
      await using relay = await relayStuckAt(at);
      const pool = openPool(relay.port);
      const delivery = pool.submit(toConsignment(mail("a")), 10_000);
      const marker = at === "." ? "\r\n.\r\n" : at;
      await expect
        .poll(() => relay.connections() === 1 && (at === "GREETING" || relay.received().includes(marker)))
        .toBe(true);
      const started = performance.now();
      pool.end(delivery, new Error("enough"));
      expect(await failureOf(delivery.outcome)).toMatchObject({
        code: "aborted",
        certainty: at === "." ? "unknown" : "not_sent",
      });
      expect(performance.now() - started).toBeLessThan(50);
      await relay.allClosed();
      await pool.close();
    }
  });
});

describe("close", () => {
  test("lets everything that was accepted finish, and takes no more", async () => {
    await using relay = await relayWith();
    const pool = openPool(relay.port, { maxConnections: 2 });
    const sending = Array.from({ length: 40 }, (_unused, index) => send(pool, mail(`m${index}`)));
    const closing = pool.close();
    expect(() => pool.submit(toConsignment({}), 1_000)).toThrow(
      expect.objectContaining({ code: "provider-closed" }),
    );
    await Promise.all(sending);
    await closing;
    await relay.allClosed();
    expect(countOf(relay.received(), "QUIT\r\n")).toBe(relay.connections());
  });

  test("by force ends everything with its certainty", async () => {
    await using relay = await relayStuckAt(".");
    const pool = openPool(relay.port, { maxConnections: 1 });
    const outcomes = [failureOf(send(pool, mail("a"))), failureOf(send(pool, mail("b")))];
    await expect.poll(() => relay.received().includes("Hello a")).toBe(true);
    const draining = pool.close();
    await pool.close({ force: true });
    await draining;
    expect(await Promise.all(outcomes)).toMatchObject([
      { code: "aborted", certainty: "unknown" },
      { code: "aborted", certainty: "not_sent" },
    ]);
    await relay.allClosed();
  });
});
