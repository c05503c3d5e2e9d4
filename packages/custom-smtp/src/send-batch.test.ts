import { execFile } from "node:child_process";
import { startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import {
  type BatchOutcome,
  type BatchProgress,
  createProviderRegistry,
  type EmailMessage,
} from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { startScriptedRelay, usualAnswers } from "./__fixtures__/scripted-relay.js";
import type { DeliveryOptions } from "./delivery-options.js";
import { createCustomSmtpDefinition } from "./smtp-definition.js";

const open = (port: number, options: DeliveryOptions = {}) =>
  createProviderRegistry({ smtp: createCustomSmtpDefinition(options) }).open("smtp", {
    config: { smtp_host: "127.0.0.1", smtp_port: port, smtp_secure: "none" },
    sender: { from_email: "shop@example.org" },
    context: { permitsAddress: () => true, clientName: "client.example.org" },
  });

const message = (index: number): EmailMessage => ({
  to: [{ address: `m${index}@example.com` }],
  subject: `Number ${index}`,
  text: `Hello ${index}`,
});
const bad: EmailMessage = { to: [{ address: "not an address" }], subject: "Bad", text: "Bad" };

function* messages(count: number) {
  for (let index = 0; index < count; index += 1) yield message(index);
}

async function collect(outcomes: AsyncIterable<BatchOutcome>): Promise<BatchOutcome[]> {
  const collected: BatchOutcome[] = [];
  for await (const outcome of outcomes) collected.push(outcome);
  return collected.sort((one, other) => one.index - other.index);
}

describe("a batch", () => {
  test("gives every message its own outcome, whatever becomes of the others", async () => {
    await using relay = await startSandboxRelay({
      tls: "none",
      authentication: "not_offered",
      rejectRecipients: { "m3@example.com": "550 5.1.1 No such user", "m7@example.com": "450 4.2.1 Busy" },
    });
    await using provider = await open(relay.port, { maxConnections: 3 });
    const all = [...messages(12)];
    all[5] = bad;
    const outcomes = await collect(provider.sendBatch(all));
    expect(outcomes.map(({ status, index }) => `${index} ${status}`)).toEqual(
      all.map((_message, index) => `${index} ${[3, 5, 7].includes(index) ? "failed" : "sent"}`),
    );
    expect(outcomes[3]).toMatchObject({ failure: { code: "recipients-refused", retryable: false } });
    expect(outcomes[5]).toMatchObject({ failure: { code: "message-invalid" } });
    expect(outcomes[7]).toMatchObject({ failure: { code: "recipients-refused", retryable: true } });
    const captured = await relay.waitForMessages(9);
    expect(captured.map(({ parsed }) => parsed.subject).sort()).toEqual(
      [0, 1, 2, 4, 6, 8, 9, 10, 11].map((index) => `Number ${index}`).sort(),
    );
    expect(relay.connections.length).toBeLessThanOrEqual(3);
    // Each receipt belongs to its own message.
    for (const outcome of outcomes) {
      if (outcome.status === "failed") continue;
      const { subject } =
        captured.find(({ parsed }) => parsed.messageId === outcome.receipt.messageId)?.parsed ?? {};
      expect(subject).toBe(`Number ${outcome.index}`);
    }
  });

  test("reads no further than it can carry, and tells how far it is", async () => {
    await using relay = await startScriptedRelay({ answer: usualAnswers() });
    await using provider = await open(relay.port, { maxConnections: 2 });
    const seen: BatchProgress[] = [];
    let most = 0;
    let told = 0;
    let read = 0;
    function* counted() {
      for (const item of messages(300)) {
        read += 1;
        most = Math.max(most, read - told);
        yield item;
      }
    }
    for await (const _outcome of provider.sendBatch(counted(), { onProgress: (it) => seen.push(it) }))
      told += 1;
    expect(told).toBe(300);
    // Five for each connection, and one on its way at either end.
    expect(most).toBeLessThanOrEqual(12);
    expect(seen).toHaveLength(300);
    expect(seen.at(-1)).toEqual({ read: 300, sent: 300, failed: 0 });
  });

  test("asks before each handover, for the message that it is", async () => {
    await using relay = await startScriptedRelay({ answer: usualAnswers() });
    await using provider = await open(relay.port, { maxConnections: 2 });
    const asked: number[] = [];
    const beforeHandover = async (index: number) => {
      asked.push(index);
      if (index === 4) throw new Error("not this one");
    };
    const outcomes = await collect(provider.sendBatch(messages(8), { beforeHandover }));
    expect([...asked].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(outcomes.filter(({ status }) => status === "failed")).toMatchObject([
      { index: 4, failure: { code: "handover-refused", certainty: "not_sent" } },
    ]);
    expect(relay.received()).not.toContain("Hello 4");
    expect(relay.received().match(/^Hello \d/gm)).toHaveLength(7);
  });

  test("that is aborted ends at once, with an outcome for all that was under way", async () => {
    const usual = usualAnswers();
    let finals = 0;
    await using relay = await startScriptedRelay({
      answer(line, state) {
        const answer = usual(line, state);
        if (finals > 5) return undefined;
        if (line === ".") finals += 1;
        return finals > 5 ? undefined : answer;
      },
    });
    const provider = await open(relay.port, { maxConnections: 2 });
    const controller = new AbortController();
    const outcomes: BatchOutcome[] = [];
    const running = (async () => {
      for await (const outcome of provider.sendBatch(messages(100), { signal: controller.signal }))
        outcomes.push(outcome);
    })();
    await expect.poll(() => finals > 5 && outcomes.length >= 4).toBe(true);
    const started = performance.now();
    controller.abort(new Error("enough"));
    await expect(running).rejects.toMatchObject({ code: "aborted" });
    expect(performance.now() - started).toBeLessThan(100);
    const unknown = outcomes.filter((it) => it.status === "failed" && it.failure.certainty === "unknown");
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(2);
    for (const outcome of outcomes) {
      if (outcome.status === "failed") expect(outcome.failure.code).toBe("aborted");
    }
    await relay.allClosed();
    await provider.close();
  });

  test("that its consumer leaves is left, and no socket stays after close", async () => {
    await using relay = await startScriptedRelay({ answer: usualAnswers() });
    const provider = await open(relay.port, { maxConnections: 2 });
    let left = false;
    function* source() {
      try {
        yield* messages(1_000);
      } finally {
        left = true;
      }
    }
    for await (const { index } of provider.sendBatch(source())) {
      if (index >= 3) break;
    }
    await provider.close();
    await relay.allClosed();
    expect(left).toBe(true);
    expect(relay.received().match(/^Hello \d/gm)?.length).toBeLessThan(20);
  });

  test("and single messages share the connections, and neither waits for the end of the other", async () => {
    await using relay = await startScriptedRelay({ answer: usualAnswers() });
    await using provider = await open(relay.port, { maxConnections: 1 });
    let told = 0;
    const batch = (async () => {
      for await (const _outcome of provider.sendBatch(messages(2_000))) told += 1;
    })();
    await expect.poll(() => told > 10).toBe(true);
    const before = told;
    await provider.send(message(9_999));
    expect(told - before).toBeLessThan(100);
    await batch;
    expect(told).toBe(2_000);
    expect(relay.connections()).toBeLessThanOrEqual(3);
  });

  test("over a dead relay fails message by message", async () => {
    await using relay = await startScriptedRelay({ greeting: (socket) => socket.end("554 5.7.1 No\r\n") });
    await using provider = await open(relay.port);
    const outcomes = await collect(provider.sendBatch(messages(20)));
    expect(outcomes).toHaveLength(20);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ failure: { code: "relay-refused" } });
  });
});

test("a process with idle connections ends by itself", async () => {
  await using relay = await startScriptedRelay({ answer: usualAnswers() });
  const program = `
    import { openPool, toConsignment } from "./src/__fixtures__/deliver.ts";
    const pool = openPool(${relay.port});
    await pool.submit(toConsignment({}), 10_000).outcome;
    console.log("sent");
  `;
  const root = new URL("..", import.meta.url).pathname;
  const hooks = new URL("../../host/src/__fixtures__/source-hooks.mjs", import.meta.url).pathname;
  const output = await new Promise<string>((resolve, reject) => {
    const args = ["--import", hooks, "--input-type=module", "--eval", program];
    execFile(process.execPath, args, { cwd: root, timeout: 10_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr, { cause: error })) : resolve(stdout),
    );
  });
  expect(output).toBe("sent\n");
});
