import { describe, expect, test, vi } from "vitest";
import type {
  BatchOptions,
  BatchOutcome,
  BatchProgress,
  EmailMessage,
  EmailProvider,
  PreparedMessage,
  Receipt,
} from "../contract/index.js";
import { EmailError, isEmailError, toFailure } from "../errors/index.js";
import { errorOf } from "./__fixtures__/error-of.js";
import { manage, message, toReceipt } from "./__fixtures__/manage.js";

type SendBatch = NonNullable<EmailProvider["sendBatch"]>;

const never = () => new Promise<never>(() => {});
const nextTurn = () => new Promise((resolve) => setTimeout(resolve));
const to = (name: string): EmailMessage => ({ ...message, to: [{ address: `${name}@example.org` }] });
const bad = { ...message, to: [{ address: "not an address" }] };
const nameOf = (prepared: PreparedMessage) => prepared.envelope.to[0]?.split("@")[0] ?? "";
const refused = () => new EmailError({ code: "recipients-refused", stage: "rcpt-to", message: "No." });

/** `0:sent a`, `1:failed message-invalid`. */
const show = (outcome: BatchOutcome) =>
  outcome.status === "sent"
    ? `${outcome.index}:sent ${outcome.receipt.accepted.join().replaceAll("@example.org", "")}`
    : `${outcome.index}:failed ${outcome.failure.code} ${outcome.failure.certainty}`;

async function collect(outcomes: AsyncIterable<BatchOutcome>) {
  const shown: string[] = [];
  let thrown: unknown;
  try {
    for await (const outcome of outcomes) shown.push(show(outcome));
  } catch (error) {
    thrown = error;
  }
  return { shown, thrown };
}

/** A source that notes how far it was read and whether it was left. */
function watch(messages: Iterable<EmailMessage>) {
  const state = { read: 0, left: false };
  async function* source() {
    try {
      for (const item of messages) {
        state.read++;
        yield item;
      }
    } finally {
      state.left = true;
    }
  }
  return { state, source: source() };
}

/** A connector's batch that sends one after the other, as soon as it gets them. */
const inTurn: SendBatch = async function* (messages, options) {
  let index = 0;
  for await (const prepared of messages) {
    await options.beforeHandover?.(index);
    yield { status: "sent", index: index++, receipt: toReceipt(prepared) };
  }
};
/** One that takes all it can get before it tells anything, and tells backwards. */
const allAtOnce: SendBatch = async function* (messages) {
  const taken: PreparedMessage[] = [];
  for await (const prepared of messages) taken.push(prepared);
  for (const index of [...taken.keys()].reverse()) {
    yield { status: "sent", index, receipt: toReceipt(taken[index] as PreparedMessage) };
  }
};
const withBatch = (sendBatch: SendBatch, methods: Partial<EmailProvider> = {}) =>
  manage({ send: never, sendBatch, ...methods }, { batch: {} });

describe.each<[string, () => ReturnType<typeof manage>]>([
  ["without a batch of its own", () => manage()],
  ["with a batch in turn", () => withBatch(inTurn)],
  ["with a batch all at once", () => withBatch(allAtOnce)],
])("a connector %s", (_name, open) => {
  test("gives one outcome for each message, a bad one its own", async () => {
    const { shown, thrown } = await collect(
      open().sendBatch([to("a"), bad, to("b"), null as never, to("c")]),
    );
    expect(thrown).toBeUndefined();
    expect(shown.sort()).toEqual([
      "0:sent a",
      "1:failed message-invalid not_sent",
      "2:sent b",
      "3:failed message-invalid not_sent",
      "4:sent c",
    ]);
  });

  test("sends nothing of nothing", async () => {
    expect(await collect(open().sendBatch([]))).toEqual({ shown: [], thrown: undefined });
    expect(await collect(open().sendBatch((async function* () {})()))).toEqual({
      shown: [],
      thrown: undefined,
    });
  });

  test("reads an asynchronous source", async () => {
    const { source } = watch([to("a"), to("b")]);
    expect((await collect(open().sendBatch(source))).shown.sort()).toEqual(["0:sent a", "1:sent b"]);
  });

  test("tells a bad message at once, though the source waits for its outcome", async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    async function* source() {
      yield bad;
      await answered;
      yield to("a");
    }
    const shown: string[] = [];
    for await (const outcome of open().sendBatch(source())) {
      shown.push(show(outcome));
      answer();
    }
    expect(shown).toEqual(["0:failed message-invalid not_sent", "1:sent a"]);
  });

  test("passes on what a source throws, after the outcomes of what it gave", async () => {
    const fault = new Error("the list is gone");
    async function* source() {
      yield to("a");
      throw fault;
    }
    expect(await collect(open().sendBatch(source()))).toEqual({ shown: ["0:sent a"], thrown: fault });
  });

  test("is not called when all is over already", async () => {
    const { state, source } = watch([to("a")]);
    const reason = new Error("no more");
    const { shown, thrown } = await collect(open().sendBatch(source, { signal: AbortSignal.abort(reason) }));
    expect(shown).toEqual([]);
    expect(thrown).toMatchObject({ code: "aborted", certainty: "not_sent", cause: reason });
    expect(state.read).toBe(0);
  });

  test("refuses an idempotency key it cannot use", async () => {
    const { thrown } = await collect(open().sendBatch([to("a")], { idempotencyKey: "k" }));
    expect(thrown).toMatchObject({ code: "capability-unsupported" });
  });

  test("asks before each handover, and says for which message of the source", async () => {
    const beforeHandover = vi.fn(async (_index: number) => {});
    await collect(open().sendBatch([to("a"), bad, to("b")], { beforeHandover }));
    // One that takes all before it tells anything does not ask at all.
    const asked = beforeHandover.mock.calls.map(([index]) => index);
    expect([[0, 2], []]).toContainEqual(asked);
  });

  test("tells the progress after each outcome that was taken", async () => {
    const seen: BatchProgress[] = [];
    const messages = [to("a"), bad, to("b")];
    await collect(open().sendBatch(messages, { onProgress: (progress) => seen.push(progress) }));
    expect(seen).toHaveLength(3);
    expect(seen.map(({ sent, failed }) => sent + failed)).toEqual([1, 2, 3]);
    expect(seen.at(-1)).toEqual({ read: 3, sent: 2, failed: 1 });
  });

  test("ends when the source is stuck and the caller aborts", async () => {
    const controller = new AbortController();
    const next = vi.fn(never);
    const source = { [Symbol.asyncIterator]: () => ({ next }) };
    const collected = collect(open().sendBatch(source, { signal: controller.signal }));
    await vi.waitFor(() => expect(next).toHaveBeenCalled());
    controller.abort();
    expect(await collected).toMatchObject({ shown: [], thrown: { code: "aborted", certainty: "not_sent" } });
  });
});

describe("one by one", () => {
  test("each failure is its own", async () => {
    const provider = manage({
      send: async (prepared) => {
        if (nameOf(prepared) === "b") throw refused();
        if (nameOf(prepared) === "c") throw new Error("what?");
        return toReceipt(prepared);
      },
    });
    expect(await collect(provider.sendBatch(["a", "b", "c", "d"].map(to)))).toEqual({
      shown: [
        "0:sent a",
        "1:failed recipients-refused not_sent",
        "2:failed provider-failed unknown",
        "3:sent d",
      ],
      thrown: undefined,
    });
  });

  test("the deadline is that of each message", async () => {
    const provider = manage({
      send: (prepared) => (nameOf(prepared) === "a" ? never() : Promise.resolve(toReceipt(prepared))),
    });
    expect((await collect(provider.sendBatch(["a", "b"].map(to), { timeoutMs: 5 }))).shown).toEqual([
      "0:failed timed-out unknown",
      "1:sent b",
    ]);
  });

  test("a connector's own batch is not used unless it is declared", async () => {
    const sendBatch = vi.fn(inTurn);
    expect((await collect(manage({ sendBatch }).sendBatch([to("a")]))).shown).toEqual(["0:sent a"]);
    expect(sendBatch).not.toHaveBeenCalled();
  });

  test("an abort tells the message under way, and throws about the rest", async () => {
    const controller = new AbortController();
    const { state, source } = watch(["a", "b", "c"].map(to));
    const provider = manage({
      send: async (prepared, options) => {
        await options.beforeHandover?.();
        if (nameOf(prepared) === "a") return toReceipt(prepared);
        controller.abort();
        return never();
      },
    });
    const { shown, thrown } = await collect(provider.sendBatch(source, { signal: controller.signal }));
    expect(shown).toEqual(["0:sent a", "1:failed aborted unknown"]);
    expect(thrown).toMatchObject({ code: "aborted", certainty: "not_sent" });
    await vi.waitFor(() => expect(state).toEqual({ read: 2, left: true }));
  });

  test("a consumer that leaves stops the reading and ends what is under way", async () => {
    const { state, source } = watch(["a", "b", "c"].map(to));
    const signals: (AbortSignal | undefined)[] = [];
    const provider = manage({
      send: (prepared, { signal }) => {
        signals.push(signal);
        return nameOf(prepared) === "a" ? Promise.resolve(toReceipt(prepared)) : never();
      },
    });
    for await (const outcome of provider.sendBatch(source)) {
      expect(show(outcome)).toBe("0:sent a");
      break;
    }
    await vi.waitFor(() => expect(state.left).toBe(true));
    // While the consumer had not asked for more, no more was read.
    expect(state.read).toBe(1);
    expect(signals).toHaveLength(1);
    await provider.close();
  });

  test("close lets the message under way end, and throws about the rest", async () => {
    let finish = () => {};
    const { state, source } = watch(["a", "b", "c"].map(to));
    const closed = vi.fn(async () => {});
    const send = vi.fn(
      (prepared: PreparedMessage) =>
        new Promise<Receipt>((resolve) => {
          finish = () => resolve(toReceipt(prepared));
        }),
    );
    const provider = manage({ send, close: closed });
    const collected = collect(provider.sendBatch(source));
    await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
    const closing = provider.close();
    await nextTurn();
    expect(closed).not.toHaveBeenCalled();
    finish();
    const { shown, thrown } = await collected;
    await closing;
    expect(shown).toEqual(["0:sent a"]);
    expect(thrown).toMatchObject({ code: "provider-closed", certainty: "not_sent" });
    expect(send).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(state).toEqual({ read: 1, left: true }));
  });
});

describe("a batch of the connector's own", () => {
  test("gets the caller's options and prepared messages", async () => {
    const beforeHandover = vi.fn(async () => {});
    const seen: BatchOptions[] = [];
    const sendBatch: SendBatch = (messages, options) => {
      seen.push(options);
      return inTurn(messages, options);
    };
    const provider = manage({ sendBatch }, { batch: {}, idempotencyKey: true });
    await collect(provider.sendBatch([to("a"), to("b")], { beforeHandover, idempotencyKey: "k" }));
    expect(beforeHandover).toHaveBeenCalledTimes(2);
    expect(seen).toMatchObject([{ idempotencyKey: "k", timeoutMs: 300_000 }]);
    expect(seen[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  test("keeps its `this`", async () => {
    class Connector implements EmailProvider {
      name = "mine";
      verify = never;
      send = never;
      close = async () => {};
      async *sendBatch(messages: AsyncIterable<PreparedMessage>): AsyncGenerator<BatchOutcome> {
        for await (const prepared of messages) {
          yield { status: "sent", index: 0, receipt: { ...toReceipt(prepared), response: this.name } };
        }
      }
    }
    const connector = new Connector();
    const provider = withBatch((messages) => connector.sendBatch(messages));
    for await (const outcome of provider.sendBatch([to("a")])) {
      expect(outcome).toMatchObject({ receipt: { response: "mine" } });
    }
  });

  test("tells failures as errors or as data, of any version", async () => {
    const provider = withBatch(async function* (messages) {
      for await (const _prepared of messages);
      yield { status: "failed", index: 0, failure: refused() };
      yield { status: "failed", index: 1, failure: toFailure(refused()) };
      yield { status: "failed", index: 2, failure: { ...toFailure(refused()), code: "relay-asleep" } };
      yield {
        status: "failed",
        index: 3,
        failure: { ...toFailure(refused()), certainty: "unknown", retryable: true },
      };
      yield { status: "failed", index: 4, failure: undefined as never };
      yield { status: "sent", index: 5, receipt: undefined as never };
      yield undefined as never;
    });
    const outcomes: BatchOutcome[] = [];
    const collected = (async () => {
      for await (const outcome of provider.sendBatch("abcdefg".split("").map(to))) outcomes.push(outcome);
    })();
    await collected;
    expect(outcomes.map(show)).toEqual([
      "0:failed recipients-refused not_sent",
      "1:failed recipients-refused not_sent",
      "2:failed relay-asleep not_sent",
      "3:failed recipients-refused unknown",
      "4:failed provider-failed unknown",
      "5:failed provider-failed unknown",
      "6:failed provider-failed unknown",
    ]);
    for (const outcome of outcomes) {
      const { retryable, certainty } =
        outcome.status === "failed" ? outcome.failure : { retryable: 0, certainty: 0 };
      expect([retryable, certainty]).not.toEqual([true, "unknown"]);
    }
  });

  test("cannot tell a message twice, nor one it never had", async () => {
    const provider = withBatch(async function* (messages) {
      for await (const prepared of messages) {
        const sent = { status: "sent", receipt: toReceipt(prepared) } as const;
        yield { ...sent, index: 0 };
        yield { ...sent, index: 0 };
        yield { status: "failed", index: 0, failure: refused() };
        yield { ...sent, index: 7 };
        yield { ...sent, index: -1 };
      }
    });
    expect((await collect(provider.sendBatch([to("a")]))).shown).toEqual(["0:sent a"]);
  });

  test("that forgets a message leaves it unknown", async () => {
    const provider = withBatch(async function* (messages) {
      const taken: PreparedMessage[] = [];
      for await (const prepared of messages) taken.push(prepared);
      yield { status: "sent", index: 1, receipt: toReceipt(taken[1] as PreparedMessage) };
    });
    expect(await collect(provider.sendBatch([to("a"), to("b")]))).toEqual({
      shown: ["1:sent b", "0:failed provider-failed unknown"],
      thrown: undefined,
    });
  });

  test.each<[string, unknown, string, object]>([
    [
      "with an error of its own",
      new Error("what?"),
      "1:failed provider-failed unknown",
      { code: "provider-failed" },
    ],
    ["explained", refused(), "1:failed recipients-refused not_sent", { code: "recipients-refused" }],
  ])(
    "that gives up %s tells for those it had, and throws about the rest",
    async (_name, fault, told, thrown) => {
      const { state, source } = watch(["a", "b", "c"].map(to));
      const provider = withBatch(async function* (messages) {
        let index = 0;
        for await (const prepared of messages) {
          if (index === 1) throw fault;
          yield { status: "sent", index: index++, receipt: toReceipt(prepared) };
        }
      });
      const collected = await collect(provider.sendBatch(source));
      expect(collected).toMatchObject({
        shown: ["0:sent a", told],
        thrown: { ...thrown, certainty: "not_sent" },
      });
      await vi.waitFor(() => expect(state.left).toBe(true));
      expect(state.read).toBe(2);
    },
  );

  test("that leaves early is found out", async () => {
    const provider = withBatch(async function* (messages) {
      for await (const prepared of messages) {
        yield { status: "sent", index: 0, receipt: toReceipt(prepared) };
        return;
      }
    });
    expect(await collect(provider.sendBatch([to("a"), to("b")]))).toMatchObject({
      shown: ["0:sent a"],
      thrown: { code: "provider-failed", certainty: "not_sent" },
    });
  });

  test("that cannot even begin is found out", async () => {
    const provider = withBatch(() => {
      throw new Error("no");
    });
    const { source, state } = watch([to("a")]);
    expect(await collect(provider.sendBatch(source))).toMatchObject({
      shown: [],
      thrown: { code: "provider-failed", certainty: "not_sent" },
    });
    expect(state.read).toBe(0);
  });

  test("that asks for some of its messages leaves only those unknown when it falls silent", async () => {
    const controller = new AbortController();
    const provider = withBatch(async function* (messages, options) {
      for await (const _prepared of messages);
      await options.beforeHandover?.(1);
      controller.abort();
      yield await never();
    });
    expect(
      await collect(provider.sendBatch([to("a"), bad, to("b"), to("c")], { signal: controller.signal })),
    ).toEqual({
      shown: [
        "1:failed message-invalid not_sent",
        "0:failed aborted not_sent",
        "2:failed aborted unknown",
        "3:failed aborted not_sent",
      ],
      thrown: undefined,
    });
  });

  const takeAllThen = (then: (options: BatchOptions) => AsyncGenerator<BatchOutcome>): SendBatch =>
    async function* (messages, options) {
      for await (const _prepared of messages);
      yield* then(options);
    };

  test("that ignores an abort leaves its messages unknown, even if all were read", async () => {
    const controller = new AbortController();
    const provider = withBatch(
      takeAllThen(async function* () {
        controller.abort();
        yield await never();
      }),
    );
    expect(await collect(provider.sendBatch([to("a"), to("b")], { signal: controller.signal }))).toEqual({
      shown: ["0:failed aborted unknown", "1:failed aborted unknown"],
      thrown: undefined,
    });
  });

  test("that hears an abort tells what it knows", async () => {
    const controller = new AbortController();
    const reason = new Error("no more");
    const provider = withBatch(
      takeAllThen(async function* ({ signal }) {
        controller.abort(reason);
        expect(signal?.aborted).toBe(true);
        expect(signal?.reason).toBe(reason);
        yield { status: "failed", index: 0, failure: refused() };
        yield {
          status: "failed",
          index: 1,
          failure: new EmailError({
            code: "outcome-unknown",
            stage: "end-of-data",
            message: "?",
            certainty: "unknown",
          }),
        };
      }),
    );
    const { shown, thrown } = await collect(
      provider.sendBatch([to("a"), to("b")], { signal: controller.signal }),
    );
    expect(shown).toEqual(["0:failed aborted not_sent", "1:failed aborted unknown"]);
    expect(thrown).toBeUndefined();
  });

  test("gets no message after the abort, not even the one that is just being checked", async () => {
    const controller = new AbortController();
    const given: PreparedMessage[] = [];
    const provider = withBatch(async function* (messages) {
      for await (const prepared of messages) given.push(prepared);
      yield* [];
    });
    const fatal = Object.defineProperty({ ...message }, "subject", {
      enumerable: true,
      get: () => {
        controller.abort();
        return "Hello";
      },
    });
    const { shown, thrown } = await collect(
      provider.sendBatch([fatal, to("b")], { signal: controller.signal }),
    );
    expect(shown).toEqual([]);
    expect(thrown).toMatchObject({ code: "aborted", certainty: "not_sent" });
    await nextTurn();
    expect(given).toEqual([]);
  });

  test("that misses the deadline of a message is ended", async () => {
    const { source, state } = watch(["a", "b", "c"].map(to));
    let signal: AbortSignal | undefined;
    const provider = withBatch(async function* (messages, options) {
      signal = options.signal;
      for await (const prepared of messages) {
        if (nameOf(prepared) === "b") yield await never();
        yield { status: "sent", index: 0, receipt: toReceipt(prepared) };
      }
    });
    const { shown, thrown } = await collect(provider.sendBatch(source, { timeoutMs: 10 }));
    expect(shown).toEqual(["0:sent a", "1:failed timed-out unknown"]);
    expect(thrown).toMatchObject({ code: "timed-out", certainty: "not_sent" });
    expect(signal?.aborted).toBe(true);
    await vi.waitFor(() => expect(state).toEqual({ read: 2, left: true }));
  });

  test("is told when the consumer leaves", async () => {
    const { source, state } = watch(["a", "b", "c"].map(to));
    let signal: AbortSignal | undefined;
    let left = false;
    const provider = withBatch(async function* (messages, options) {
      signal = options.signal;
      try {
        yield* inTurn(messages, options);
      } finally {
        left = true;
      }
    });
    for await (const _outcome of provider.sendBatch(source)) break;
    expect(signal?.aborted).toBe(true);
    await vi.waitFor(() => expect([left, state.left]).toEqual([true, true]));
    expect(state.read).toBe(1);
  });

  test("waits while the consumer waits", async () => {
    const { source, state } = watch(["a", "b", "c", "d"].map(to));
    const outcomes = withBatch(inTurn).sendBatch(source)[Symbol.asyncIterator]();
    await outcomes.next();
    await nextTurn();
    expect(state.read).toBe(1);
    await outcomes.next();
    await nextTurn();
    expect(state.read).toBe(2);
    await outcomes.return?.();
  });

  test("is let to end by close, though no consumer asks", async () => {
    let finish = () => {};
    const order: string[] = [];
    const provider = withBatch(
      async function* (messages) {
        for await (const prepared of messages) {
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
          order.push("told");
          yield { status: "sent", index: 0, receipt: toReceipt(prepared) };
        }
      },
      {
        close: async () => {
          order.push("closed");
        },
      },
    );
    const outcomes = provider.sendBatch([to("a"), to("b")])[Symbol.asyncIterator]();
    const first = outcomes.next();
    await nextTurn();
    const closing = provider.close();
    await nextTurn();
    finish();
    await closing;
    expect(order).toEqual(["told", "closed"]);
    expect(await first).toMatchObject({ value: { status: "sent" } });
    expect(isEmailError(await errorOf(outcomes.next()))).toBe(true);
  });
});
