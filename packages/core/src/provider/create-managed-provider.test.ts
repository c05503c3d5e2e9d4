import { describe, expect, test, vi } from "vitest";
import type { PreparedMessage, Receipt, SendOptions, Verification } from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { errorOf } from "./__fixtures__/error-of.js";
import { manage, message, toReceipt } from "./__fixtures__/manage.js";

const never = () => new Promise<never>(() => {});
const relayError = (fields: object = {}) =>
  new EmailError({ code: "connection-lost", stage: "body", message: "Gone.", ...fields });

describe("send", () => {
  test("hands over a prepared message and gives the receipt back", async () => {
    const send = vi.fn(async (prepared: PreparedMessage, _options: SendOptions) => toReceipt(prepared));
    const provider = manage({ send }, { idempotencyKey: true });
    const receipt = await provider.send(message, { idempotencyKey: "k" });
    const [prepared, options] = send.mock.calls[0] ?? [];
    expect(prepared).toMatchObject({ from: { address: "hello@example.com" }, subject: "Hello" });
    expect(receipt).toEqual({ ...toReceipt(prepared as PreparedMessage) });
    expect(options).toMatchObject({ idempotencyKey: "k", timeoutMs: 300_000 });
    expect(options?.signal?.aborted).toBe(false);
    expect(provider.providerId).toBe("acme");
  });

  test("refuses a message without asking the connector", async () => {
    const send = vi.fn(never);
    expect(await errorOf(manage({ send }).send({ ...message, to: [] }))).toMatchObject({
      code: "message-invalid",
    });
    expect(await errorOf(manage({ send }).send({ ...message, tags: ["a"] }))).toMatchObject({
      code: "capability-unsupported",
    });
    expect(await errorOf(manage({ send }).send(message, { idempotencyKey: "k" }))).toMatchObject({
      code: "capability-unsupported",
      certainty: "not_sent",
    });
    expect(send).not.toHaveBeenCalled();
  });

  test("passes the connector's own error on, as it is", async () => {
    const error = relayError({ certainty: "unknown", reply: { code: 451, text: "later" } });
    await expect(manage({ send: () => Promise.reject(error) }).send(message)).rejects.toBe(error);
  });

  test.each<[string, () => Promise<Receipt>]>([
    ["rejects", () => Promise.reject(new Error("canary"))],
    [
      "throws at once",
      () => {
        throw new TypeError("canary");
      },
    ],
    ["rejects with nothing", () => Promise.reject(undefined)],
    ["rejects with a text", () => Promise.reject("canary")],
  ])("does not know what happened when a connector %s", async (_name, send) => {
    const error = await errorOf(manage({ send }).send(message));
    expect(error).toMatchObject({
      code: "provider-failed",
      certainty: "unknown",
      retryable: false,
      stage: "send",
    });
    expect(JSON.stringify(error) + error.message).not.toContain("canary");
    const cause = await Promise.resolve()
      .then(send)
      .catch((thrown: unknown) => thrown);
    expect(error.cause).toEqual(cause);
  });

  test("lets nothing retry what may be out", async () => {
    const forged = Object.assign(relayError({ certainty: "unknown" }), { retryable: true });
    const error = await errorOf(manage({ send: () => Promise.reject(forged) }).send(message));
    expect(error).toMatchObject({
      code: "connection-lost",
      stage: "body",
      certainty: "unknown",
      retryable: false,
    });
  });

  const whole = { messageId: "a@b", accepted: ["a@b"], rejected: [], response: "", warnings: [] };
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a text", "250 ok"],
    ["nobody accepted", { ...whole, accepted: [] }],
    ["no list of accepted", { ...whole, accepted: undefined }],
    ["no list of rejected", { ...whole, rejected: undefined }],
    ["no warnings", { ...whole, warnings: undefined }],
    ["no response", { ...whole, response: undefined }],
    ["no Message-ID", { ...whole, messageId: "" }],
  ])("takes no receipt that is %s", async (_name, receipt) => {
    const send = async () => receipt as Receipt;
    expect(await errorOf(manage({ send }).send(message))).toMatchObject({
      code: "provider-failed",
      certainty: "unknown",
    });
    expect(await manage({ send: async () => whole }).send(message)).toBe(whole);
  });
});

describe("an abort", () => {
  test("before the call keeps the connector out of it", async () => {
    const send = vi.fn(never);
    const verify = vi.fn(never);
    const reason = new Error("no more");
    const provider = manage({ send, verify });
    for (const call of [
      provider.send(message, { signal: AbortSignal.abort(reason) }),
      provider.verify({ signal: AbortSignal.abort(reason) }),
    ]) {
      const error = await errorOf(call);
      expect(error).toMatchObject({
        code: "aborted",
        certainty: "not_sent",
        retryable: false,
        actor: "caller",
      });
      expect(error.cause).toBe(reason);
    }
    expect(send).not.toHaveBeenCalled();
    expect(verify).not.toHaveBeenCalled();
  });

  /** Aborts while the connector is in `send`; with `seen`, it has asked before a handover in an earlier call. */
  const abortWhile = async (
    send: (signal: AbortSignal, options: SendOptions, abort: () => void) => Promise<Receipt>,
    seen: "seen" | "new" = "new",
  ) => {
    const controller = new AbortController();
    const reason = new Error("no more");
    let calls = 0;
    const provider = manage({
      send: async (prepared, options) => {
        calls++;
        if (seen === "new" || calls === 2) {
          return send(options.signal ?? controller.signal, options, () => controller.abort(reason));
        }
        await options.beforeHandover?.();
        return toReceipt(prepared);
      },
    });
    if (seen === "seen") await provider.send(message);
    return { error: await errorOf(provider.send(message, { signal: controller.signal })), reason };
  };
  const ignore = (_signal: AbortSignal, _options: SendOptions, abort: () => void) => {
    abort();
    return never();
  };
  const whenAborted = (signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));

  test.each(["not_sent", "unknown"] as const)(
    "has the certainty that the connector tells: %s",
    async (certainty) => {
      const { error, reason } = await abortWhile(async (signal, _options, abort) => {
        setTimeout(abort);
        await whenAborted(signal);
        throw relayError({ certainty, stage: "end-of-data" });
      });
      expect(error).toMatchObject({ code: "aborted", certainty, stage: "end-of-data", retryable: false });
      expect(error.cause).toBe(reason);
    },
  );

  test("passes through when the connector tells it rightly", async () => {
    let told: EmailError | undefined;
    const { error } = await abortWhile(async (signal, _options, abort) => {
      setTimeout(abort);
      await whenAborted(signal);
      told = new EmailError({ code: "aborted", stage: "auth", message: "Ended.", cause: signal.reason });
      throw told;
    });
    expect(error).toBe(told);
  });

  test("has the caller's reason, whatever the connector makes of it", async () => {
    const { error, reason } = await abortWhile(async (signal, _options, abort) => {
      setTimeout(abort);
      await whenAborted(signal);
      throw new EmailError({ code: "aborted", stage: "auth", message: "Ended.", cause: "socket closed" });
    });
    expect(error).toMatchObject({ code: "aborted", stage: "auth", certainty: "not_sent" });
    expect(error.cause).toBe(reason);
  });

  test("cannot undo a receipt that comes in time", async () => {
    const controller = new AbortController();
    const provider = manage({
      send: async (prepared, { signal }) => {
        queueMicrotask(() => controller.abort());
        await whenAborted(signal ?? controller.signal);
        return toReceipt(prepared);
      },
    });
    expect(await provider.send(message, { signal: controller.signal })).toMatchObject({ response: "250 ok" });
  });

  test("is unknown for a connector that ignores it and was never seen to ask before it hands over", async () => {
    expect((await abortWhile(ignore)).error).toMatchObject({
      code: "aborted",
      certainty: "unknown",
      stage: "send",
    });
  });

  test("is not sent for a silent connector that asks, and has not asked yet", async () => {
    expect((await abortWhile(ignore, "seen")).error).toMatchObject({
      code: "aborted",
      certainty: "not_sent",
    });
  });

  test("is unknown once the connector was told to go on", async () => {
    const { error } = await abortWhile(async (_signal, options, abort) => {
      await options.beforeHandover?.();
      abort();
      return never();
    }, "seen");
    expect(error).toMatchObject({ code: "aborted", certainty: "unknown" });
  });

  test("takes the bare AbortError of fetch for what it is", async () => {
    const { error, reason } = await abortWhile(async (signal, _options, abort) => {
      setTimeout(abort);
      await whenAborted(signal);
      throw signal.reason;
    }, "seen");
    expect(error).toMatchObject({ code: "aborted", certainty: "not_sent" });
    expect(error.cause).toBe(reason);
  });

  test("refuses a handover that comes later, without asking the caller", async () => {
    const beforeHandover = vi.fn(async () => {});
    const controller = new AbortController();
    let later: Promise<unknown> | undefined;
    const provider = manage({
      send: (_prepared, options) => {
        later = whenAborted(options.signal ?? controller.signal).then(() => options.beforeHandover?.());
        later.catch(() => {});
        controller.abort();
        return never();
      },
    });
    await errorOf(provider.send(message, { signal: controller.signal, beforeHandover }));
    await expect(later).rejects.toMatchObject({ code: "handover-refused", certainty: "not_sent" });
    expect(beforeHandover).not.toHaveBeenCalled();
  });

  test("during the caller's own commit refuses the handover when that is through", async () => {
    const controller = new AbortController();
    let toConnector: Promise<unknown> | undefined;
    const provider = manage({
      send: async (prepared, options) => {
        toConnector = options.beforeHandover?.();
        await toConnector;
        return toReceipt(prepared);
      },
    });
    const beforeHandover = async () => controller.abort();
    const error = await errorOf(provider.send(message, { signal: controller.signal, beforeHandover }));
    expect(error).toMatchObject({ code: "aborted", certainty: "not_sent" });
    await expect(toConnector).rejects.toMatchObject({ code: "handover-refused" });
  });

  test("leaves one listener at most on a signal that lives on, however many calls it served", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const provider = manage();
    for (let call = 0; call < 5; call++) await provider.send(message, { signal });
    await provider.verify({ signal });
    for await (const _outcome of provider.sendBatch([message, message], { signal }));
    expect(added).toHaveBeenCalledOnce();
  });
});

describe("the deadline", () => {
  test("ends a call that the connector does not end", async () => {
    const error = await errorOf(manage({ send: never }).send(message, { timeoutMs: 5 }));
    expect(error).toMatchObject({
      code: "timed-out",
      certainty: "unknown",
      retryable: false,
      actor: "network",
    });
    const verification = await errorOf(manage({ verify: never }).verify({ timeoutMs: 5 }));
    expect(verification).toMatchObject({
      code: "timed-out",
      certainty: "not_sent",
      retryable: true,
      stage: "verify",
    });
  });

  const whenEnded = (error: (reason: unknown) => EmailError) =>
    manage({
      send: (_prepared, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(error(signal.reason)));
        }),
    }).send(message, { timeoutMs: 5 });

  test("takes certainty and stage from a connector that only says that it was ended", async () => {
    const error = await errorOf(
      whenEnded((cause) => new EmailError({ code: "aborted", stage: "connect", message: "Ended.", cause })),
    );
    expect(error).toMatchObject({
      code: "timed-out",
      certainty: "not_sent",
      retryable: true,
      stage: "connect",
      message: "No result within 5 ms.",
    });
    expect(error.cause).toMatchObject({ code: "aborted" });
  });

  test("leaves a connector's own error, which tells more", async () => {
    for (const own of [
      new EmailError({ code: "timed-out", stage: "greeting", message: "No greeting." }),
      new EmailError({ code: "outcome-unknown", stage: "end-of-data", message: "?", certainty: "unknown" }),
    ]) {
      await expect(whenEnded(() => own)).rejects.toBe(own);
    }
  });

  test.each([Number.POSITIVE_INFINITY, 2 ** 40, 2 ** 31])("of %s ms is far away", async (timeoutMs) => {
    const provider = manage({
      send: async (prepared) => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return toReceipt(prepared);
      },
    });
    expect(await provider.send(message, { timeoutMs })).toMatchObject({ response: "250 ok" });
  });
});

describe("beforeHandover", () => {
  test("is awaited before the connector goes on", async () => {
    const order: string[] = [];
    const provider = manage({
      send: async (prepared, options) => {
        order.push("ready");
        await options.beforeHandover?.();
        order.push("body");
        return toReceipt(prepared);
      },
    });
    await provider.send(message, {
      beforeHandover: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push("committed");
      },
    });
    expect(order).toEqual(["ready", "committed", "body"]);
  });

  const refusal = new Error("the database is away");
  const beforeHandover = () => Promise.reject(refusal);

  test.each<[string, (refused: Promise<void> | undefined) => Promise<unknown>]>([
    ["as it is", async (refused) => await refused],
    [
      "wrapped by an Error",
      (refused) =>
        Promise.resolve(refused).catch((cause) => {
          throw new Error("send", { cause });
        }),
    ],
    [
      "wrapped by an EmailError",
      (refused) =>
        Promise.resolve(refused).catch((cause) => {
          throw relayError({ certainty: "unknown", cause });
        }),
    ],
  ])("when it rejects, nothing was sent; the connector passes it on %s", async (_name, pass) => {
    const provider = manage({
      send: async (prepared, options) => {
        await pass(options.beforeHandover?.());
        return toReceipt(prepared);
      },
    });
    const error = await errorOf(provider.send(message, { beforeHandover }));
    expect(error).toMatchObject({ code: "handover-refused", certainty: "not_sent", actor: "caller" });
    expect(error.cause).toBe(refusal);
  });

  test("when it rejects and the connector fails for another reason, that counts", async () => {
    const provider = manage({
      send: async (_prepared, options) => {
        await options.beforeHandover?.().catch(() => {});
        throw relayError({ certainty: "unknown" });
      },
    });
    expect(await errorOf(provider.send(message, { beforeHandover }))).toMatchObject({
      code: "connection-lost",
      certainty: "unknown",
    });
  });
});

describe("verify", () => {
  test("passes options and verification through", async () => {
    const verification = { authenticated: false, encrypted: false, warnings: ["no login"] };
    const verify = vi.fn(async () => verification);
    const options = { mode: "dry_run", recipient: "a@example.org" } as const;
    expect(await manage({ verify }).verify(options)).toBe(verification);
    expect(verify).toHaveBeenCalledWith({ ...options, timeoutMs: 30_000, signal: expect.any(AbortSignal) });
  });

  test.each<[string, () => Promise<Verification>]>([
    ["fails unexplained", () => Promise.reject(new Error("x"))],
    ["says nothing", async () => undefined as unknown as Verification],
    ["says half", async () => ({ encrypted: true }) as Verification],
    ["says yes for a name", async () => ({ authenticated: "yes" }) as unknown as Verification],
  ])("has nothing sent when the connector %s", async (_name, verify) => {
    expect(await errorOf(manage({ verify }).verify())).toMatchObject({
      code: "provider-failed",
      certainty: "not_sent",
      stage: "verify",
    });
  });
});

describe("close", () => {
  test("by force ends what is running, also while another close waits for it", async () => {
    const end = new AbortController();
    const closes: unknown[] = [];
    const provider = manage({
      send: () =>
        new Promise((_resolve, reject) => {
          end.signal.addEventListener("abort", () =>
            reject(new EmailError({ code: "aborted", stage: "data", message: "Closed." })),
          );
        }),
      close: async (options) => {
        closes.push(options);
        if (options?.force) end.abort();
      },
    });
    const sending = errorOf(provider.send(message));
    const waiting = provider.close();
    await new Promise((resolve) => setTimeout(resolve));
    expect(closes).toEqual([]);
    await provider.close({ force: true });
    expect(await sending).toMatchObject({ code: "aborted", certainty: "not_sent" });
    await waiting;
    expect(closes).toEqual([{ force: true }, { force: false }]);
    expect(await errorOf(provider.send(message))).toMatchObject({ code: "provider-closed" });
  });

  test("waits for what is running, then closes the connector once", async () => {
    const order: string[] = [];
    let finish = () => {};
    const provider = manage({
      send: async (prepared) => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        order.push("sent");
        return toReceipt(prepared);
      },
      close: async () => {
        order.push("closed");
      },
    });
    const sending = provider.send(message);
    const closings = [provider.close(), provider.close()];
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(order).toEqual([]);
    finish();
    await Promise.all([sending, ...closings]);
    await provider[Symbol.asyncDispose]();
    expect(order).toEqual(["sent", "closed"]);
  });

  test("ends all that comes later", async () => {
    const provider = manage();
    const closing = provider.close();
    for (const call of [
      provider.send(message),
      provider.verify(),
      provider.sendBatch([message])[Symbol.asyncIterator]().next(),
    ]) {
      expect(await errorOf(call)).toMatchObject({
        code: "provider-closed",
        certainty: "not_sent",
        actor: "caller",
      });
    }
    await closing;
  });

  test("waits for a call that fails, too", async () => {
    const provider = manage({ send: () => Promise.reject(new Error("x")) });
    const sending = errorOf(provider.send(message));
    await provider.close();
    expect(await sending).toMatchObject({ code: "provider-failed" });
  });

  test.each([
    () => Promise.reject(new Error("x")),
    () => {
      throw new Error("x");
    },
  ])("rejects when the connector cannot close", async (close) => {
    expect(await errorOf(manage({ close }).close())).toMatchObject({
      code: "provider-failed",
      certainty: "not_sent",
      stage: "close",
    });
  });

  test("is what `await using` does", async () => {
    const close = vi.fn(async () => {});
    {
      await using provider = manage({ close });
      await provider.send(message);
    }
    expect(close).toHaveBeenCalledOnce();
  });
});
