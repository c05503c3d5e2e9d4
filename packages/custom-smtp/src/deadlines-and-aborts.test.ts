import { type Fault, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import type { EmailMessage, ManagedProvider } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { failureOf } from "./__fixtures__/deliver.js";
import { openProvider } from "./__fixtures__/open-provider.js";
import { startBlackHole } from "./__fixtures__/start-black-hole.js";
import { watchSockets } from "./__fixtures__/watch-sockets.js";
import type { HostResolver } from "./network/resolve-host.js";

const message: EmailMessage = { to: [{ address: "anna@example.com" }], subject: "Hello", text: "Hi Anna" };
/** More than the buffers between two sockets hold, and less than the relay takes. */
const large: EmailMessage = {
  ...message,
  attachments: [
    { filename: "large.bin", contentType: "application/octet-stream", content: new Uint8Array(16_000_000) },
  ],
};

describe("a relay that falls silent", () => {
  test.concurrent.each<[Fault["at"], string]>([
    ["connect", "greeting"],
    ["greeting", "greeting"],
    ["ehlo", "ehlo"],
    ["starttls", "starttls"],
    ["tls-handshake", "tls"],
    ["ehlo-after-tls", "ehlo"],
    ["auth", "auth"],
    ["mail-from", "mail-from"],
    ["rcpt-to", "rcpt-to"],
    ["data", "data"],
    // It swallows the rest, and the final dot with it.
    ["body", "end-of-data"],
    ["end-of-data", "end-of-data"],
  ])("at %s ends the call at its deadline, with the stage %s", async (at, stage) => {
    await using relay = await startSandboxRelay({ faults: [{ at, do: { stall: true } }] });
    await using provider = await openProvider(relay);
    const started = performance.now();
    const failure = await failureOf(provider.send(message, { timeoutMs: 1_000 }));
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(failure).toMatchObject(
      stage === "end-of-data"
        ? { code: "outcome-unknown", stage, certainty: "unknown", retryable: false }
        : { code: "timed-out", stage, certainty: "not_sent", retryable: true },
    );
    const commands = relay.connections.flatMap((connection) => connection.commands);
    expect(commands.filter((command) => command === "DATA").length).toBeLessThanOrEqual(1);
    await relay.waitForNoConnections();
  });

  test("and reads nothing more, in the middle of a message, leaves it unsent", async () => {
    await using relay = await startSandboxRelay({ faults: [{ at: "body", do: { stopReading: true } }] });
    await using provider = await openProvider(relay);
    using sockets = watchSockets();
    expect(await failureOf(provider.send(large, { timeoutMs: 2_000 }))).toMatchObject({
      code: "timed-out",
      stage: "body",
      certainty: "not_sent",
      retryable: true,
    });
    await expect.poll(() => sockets.dialled[0]?.destroyed).toBe(true);
  });
});

describe("an abort settles at once, and leaves no socket:", () => {
  /** Aborts the call once it has come so far. */
  async function expectAborted(
    call: (signal: AbortSignal) => Promise<unknown>,
    { at, reached }: { readonly at: string; readonly reached: () => PromiseLike<unknown> },
  ) {
    const controller = new AbortController();
    const aborted = failureOf(call(controller.signal));
    await reached();
    const started = performance.now();
    controller.abort();
    expect(await aborted).toMatchObject({ code: "aborted", stage: at, certainty: "not_sent" });
    expect(performance.now() - started).toBeLessThan(500);
  }

  const calls: [string, (provider: ManagedProvider, signal: AbortSignal) => Promise<unknown>][] = [
    ["send", (provider, signal) => provider.send(message, { signal })],
    ["verify", (provider, signal) => provider.verify({ signal })],
  ];

  test.each(calls)("of %s while the name is looked up", async (_name, call) => {
    let limit: AbortSignal | undefined;
    const resolve: HostResolver = (_host, signal) => {
      limit = signal;
      return new Promise(() => undefined);
    };
    using sockets = watchSockets();
    await using provider = await openProvider({ port: 587 }, {}, { resolve });
    await expectAborted((signal) => call(provider, signal), {
      at: "dns",
      reached: () => expect.poll(() => limit).toBeDefined(),
    });
    expect(limit?.aborted).toBe(true);
    expect(sockets.dialled).toHaveLength(0);
  });

  test.each(calls)("of %s while nothing answers the connection", async (_name, call) => {
    await using hole = await startBlackHole();
    await using provider = await openProvider(hole, { smtp_host: "127.0.0.1" });
    using sockets = watchSockets();
    await expectAborted((signal) => call(provider, signal), {
      at: "tcp",
      reached: () => expect.poll(() => sockets.dialled).toHaveLength(1),
    });
    await expect.poll(() => sockets.dialled[0]?.destroyed).toBe(true);
    expect(sockets.dialled).toHaveLength(1);
  });

  test.each(["mail-from", "rcpt-to"] as const)("of a dry run at %s", async (at) => {
    await using relay = await startSandboxRelay({ faults: [{ at, do: { stall: true } }] });
    await using provider = await openProvider(relay);
    await expectAborted((signal) => provider.verify({ mode: "dry_run", signal }), {
      at,
      reached: () => relay.waitForFault(at),
    });
    await relay.waitForNoConnections();
  });

  test("of a message that the relay has stopped reading", async () => {
    await using relay = await startSandboxRelay({ faults: [{ at: "body", do: { stopReading: true } }] });
    await using provider = await openProvider(relay);
    using sockets = watchSockets();
    await expectAborted((signal) => provider.send(large, { signal }), {
      at: "body",
      reached: () => relay.waitForFault("body"),
    });
    await expect.poll(() => sockets.dialled[0]?.destroyed).toBe(true);
  });
});
