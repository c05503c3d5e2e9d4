import { once } from "node:events";
import { Readable } from "node:stream";
import { isEmailError } from "@getfluxly/email-core";
import type { SendMailOptions } from "nodemailer";
import { describe, expect, test } from "vitest";
import { hello, openBridge } from "./__fixtures__/open-bridge.js";
import { toNodemailerTransport } from "./index.js";

test("sendMail calls back with the result, and with the error", async () => {
  await using bridge = await openBridge();
  const { transporter } = bridge;
  const send = (mail: SendMailOptions) =>
    new Promise<[unknown, unknown]>((resolve) =>
      transporter.sendMail(mail, (...outcome) => resolve(outcome)),
    );
  const [error, info] = await send(hello);
  expect(error).toBeNull();
  expect(info).toMatchObject({ accepted: ["anna@example.com"], rejected: [] });
  const [refusal, nothing] = await send({ ...hello, from: "other@example.org" });
  expect(isEmailError(refusal)).toBe(true);
  expect(nothing).toBeUndefined();
});

test("what a callback throws is the program's, and calls it not again", async () => {
  await using bridge = await openBridge();
  let calls = 0;
  const uncaught = new Promise((resolve) => {
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", (error) => {
      for (const listener of others) process.on("uncaughtException", listener);
      resolve(error);
    });
  });
  bridge.transporter.sendMail(hello, () => {
    calls += 1;
    throw new Error("mine");
  });
  expect(await uncaught).toMatchObject({ message: "mine" });
  expect(calls).toBe(1);
});

describe("plugins", () => {
  test("of the step `compile` run before, templates among them", async () => {
    await using bridge = await openBridge();
    bridge.transporter.use("compile", (mail, done) => {
      const data: SendMailOptions & { template?: string; context?: { name: string } } = mail.data;
      data.html = `<p>${data.template?.replace("{{name}}", data.context?.name ?? "")}</p>`;
      setImmediate(done);
    });
    bridge.transporter.use("compile", (mail, done) => {
      mail.resolveContent(mail.data, "html", (error, html) => {
        mail.data.text = String(html).replace(/<[^>]*>/g, "");
        done(error);
      });
    });
    const mail = { template: "Hello {{name}}", context: { name: "Anna" }, text: undefined };
    const { parsed } = await bridge.deliver(mail);
    expect(parsed.html?.trimEnd()).toBe("<p>Hello Anna</p>");
    expect(parsed.text?.trimEnd()).toBe("Hello Anna");
  });

  test("of the step `stream` may look, and set headers", async () => {
    await using bridge = await openBridge();
    bridge.transporter.use("stream", (mail, done) => {
      mail.message.setHeader("X-Campaign", "spring");
      done();
    });
    const { parsed } = await bridge.deliver({ html: "<b>x</b>", attachments: [{ content: "x" }] });
    expect(parsed.headers.get("x-campaign")).toEqual(["spring"]);
  });

  test("end a message with their own error", async () => {
    await using bridge = await openBridge();
    const own = new Error("not today");
    bridge.transporter.use("compile", (_mail, done) => done(own));
    await expect(bridge.transporter.sendMail(hello)).rejects.toBe(own);
    expect(bridge.relay.connections).toEqual([]);
  });
});

describe("verify", () => {
  test("resolves and calls back with true", async () => {
    await using bridge = await openBridge();
    expect(await bridge.transporter.verify()).toBe(true);
    const outcome = await new Promise((resolve) => bridge.transporter.verify((...it) => resolve(it)));
    expect(outcome).toEqual([null, true]);
    expect(bridge.relay.connections.flatMap(({ commands }) => commands).join()).not.toMatch(/MAIL/);
  });

  test("says no with our error", async () => {
    await using bridge = await openBridge({ password: "wrong" });
    const expected = { code: "authentication-failed", command: "AUTH", responseCode: 535 };
    await expect(bridge.transporter.verify()).rejects.toMatchObject(expected);
    const error = await new Promise((resolve) => bridge.transporter.verify((it) => resolve(it)));
    expect(error).toMatchObject(expected);
  });
});

describe("close", () => {
  test("closes the provider, and only it does", async () => {
    await using bridge = await openBridge();
    const { transporter, provider, relay } = bridge;
    await transporter.sendMail(hello);
    await provider.send({ to: [{ address: "b@example.com" }], subject: "x", text: "x" });
    expect(transporter.isIdle()).toBe(true);
    await transporter.close();
    await relay.waitForNoConnections();
    expect(transporter.isIdle()).toBe(false);
    for (const call of [
      () => transporter.sendMail(hello),
      () => transporter.verify(),
      () => provider.verify(),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "provider-closed", certainty: "not_sent" });
    }
  });

  test("by force ends what is under way", async () => {
    await using bridge = await openBridge({ relay: { faults: [{ at: "data", do: { stall: true } }] } });
    const sending = bridge.transporter.sendMail(hello).catch((reason: unknown) => reason);
    await bridge.relay.waitForFault("data");
    bridge.transporter.close({ force: true });
    expect(await sending).toMatchObject({ certainty: "not_sent" });
    await bridge.relay.waitForNoConnections();
  });

  test("that fails and is not waited for does not end the process", async () => {
    await using bridge = await openBridge();
    const broken = new Error("cannot close");
    const transport = toNodemailerTransport({ ...bridge.provider, close: () => Promise.reject(broken) });
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listener);
    const closing = transport.close();
    // Node tells before the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
    await expect(closing).rejects.toBe(broken);
  });
});

describe("the signal of a message", () => {
  test("ends it at the relay, with the certainty of that moment", async () => {
    for (const [at, certainty] of [
      ["data", "not_sent"],
      ["end-of-data", "unknown"],
    ] as const) {
      await using bridge = await openBridge({ relay: { faults: [{ at, do: { stall: true } }] } });
      const controller = new AbortController();
      const reason = new Error("enough");
      const sending = bridge.transporter
        .sendMail({ ...hello, signal: controller.signal })
        .catch((error: unknown) => error);
      await bridge.relay.waitForFault(at);
      controller.abort(reason);
      expect(await sending).toMatchObject({ code: "aborted", certainty, cause: reason });
    }
  });

  test("ends the reading of content that never comes", async () => {
    await using bridge = await openBridge();
    const controller = new AbortController();
    const html = new Readable({ read: () => controller.abort() });
    const sending = bridge.transporter.sendMail({ ...hello, html, signal: controller.signal });
    await expect(sending).rejects.toMatchObject({ code: "aborted", certainty: "not_sent", stage: "message" });
    expect(html.destroyed).toBe(true);
    expect(bridge.relay.connections).toEqual([]);
  });

  test("may be of another realm, and loses its listener", async () => {
    await using bridge = await openBridge();
    const listeners = new Set<unknown>();
    const signal = {
      aborted: false,
      addEventListener: (_type: string, listener: unknown) => listeners.add(listener),
      removeEventListener: (_type: string, listener: unknown) => listeners.delete(listener),
    };
    await bridge.transporter.sendMail({ ...hello, signal: signal as unknown as AbortSignal });
    expect(listeners.size).toBe(0);
    expect(bridge.relay.messages).toHaveLength(1);
  });
});

test("code for nodemailer's pool, which sends while it is idle, sends all", async () => {
  await using bridge = await openBridge();
  const { transporter, relay } = bridge;
  const waiting = Array.from({ length: 40 }, (_, index) => ({ ...hello, subject: String(index) }));
  let most = 0;
  let running = 0;
  transporter.on("idle", () => {
    while (transporter.isIdle() && waiting.length > 0) {
      running += 1;
      most = Math.max(most, running);
      transporter.sendMail(waiting.shift() ?? hello, () => {
        running -= 1;
      });
    }
  });
  await once(transporter, "idle");
  await relay.waitForMessages(40);
  expect(waiting).toEqual([]);
  expect(most).toBeLessThanOrEqual(10);
});

test("a proxy is refused rather than bypassed", async () => {
  await using bridge = await openBridge();
  bridge.transporter.setupProxy("http://127.0.0.1:9");
  for (const call of [() => bridge.transporter.verify(), () => bridge.transporter.sendMail(hello)]) {
    await expect(call()).rejects.toMatchObject({ code: "capability-unsupported" });
  }
  expect(bridge.relay.connections).toEqual([]);
});
