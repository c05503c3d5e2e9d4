import { setTimeout as delay } from "node:timers/promises";
import { closedPort, type SandboxRelay, startSandboxRelay } from "@getfluxly/email-conformance/sandbox-relay";
import type { ProviderContext } from "@getfluxly/email-core";
import { expect, test } from "vitest";
import { startBlackHole } from "../__fixtures__/start-black-hole.js";
import { createSmtpProvider } from "../smtp-provider.js";

const openWith = (
  relay: SandboxRelay,
  ports: readonly [number, ...number[]],
  permitsAddress: ProviderContext["permitsAddress"] = () => true,
) => {
  const [smtp_port, ...fallbackPorts] = ports;
  const login = { username: "sandbox", password: "sandbox-password" };
  const config = { smtp_host: "127.0.0.1", smtp_port, smtp_secure: "starttls", ...login } as const;
  const context: ProviderContext = {
    sender: { from_email: "shop@example.org" },
    now: () => new Date(),
    permitsAddress,
    certificateAuthorities: [relay.certificateAuthority],
    clientName: "client.test",
    fetch,
    log: () => undefined,
  };
  return createSmtpProvider(config, context, { fallbackPorts });
};

test("a port that is closed leads to the next one, with the same TLS and login", async () => {
  await using relay = await startSandboxRelay();
  const provider = openWith(relay, [await closedPort(), await closedPort(), relay.port]);
  expect(await provider.verify({})).toMatchObject({ authenticated: true, encrypted: true });
  expect(relay.connections[0]?.user).toBe("sandbox");
  await provider.close();
});

test("when all are closed, the failure is that of the usual port", async () => {
  await using relay = await startSandboxRelay();
  const usual = await closedPort();
  const provider = openWith(relay, [usual, await closedPort()]);
  await expect(provider.verify({})).rejects.toMatchObject({
    code: "connection-failed",
    message: expect.stringContaining(`port ${usual}`),
  });
  await provider.close();
});

test("a port that the operator did not allow is not walked around", async () => {
  await using relay = await startSandboxRelay();
  const provider = openWith(relay, [await closedPort(), relay.port], (_address, port) => port === relay.port);
  await expect(provider.verify({})).rejects.toMatchObject({ code: "relay-not-permitted" });
  const other = openWith(relay, [await closedPort(), relay.port], (_address, port) => port !== relay.port);
  await expect(other.verify({})).rejects.toMatchObject({ code: "connection-failed" });
  expect(relay.connections).toHaveLength(0);
  await provider.close();
  await other.close();
});

test("what goes wrong after the connection is made is no reason for another port", async () => {
  await using relay = await startSandboxRelay({ faults: [{ at: "greeting", do: { reply: "554 No" } }] });
  await using second = await startSandboxRelay();
  const provider = openWith(relay, [relay.port, second.port]);
  await expect(provider.verify({})).rejects.toMatchObject({ code: "relay-refused" });
  expect(second.connections).toHaveLength(0);
  await provider.close();
});

test("a firewall that drops packets costs four seconds, and only once", async () => {
  await using relay = await startSandboxRelay();
  await using hole = await startBlackHole();
  const provider = openWith(relay, [hole.port, relay.port]);
  const timed = async () => {
    const start = performance.now();
    expect(await provider.verify({})).toMatchObject({ authenticated: true });
    return performance.now() - start;
  };
  const first = await timed();
  expect(first).toBeGreaterThan(3_900);
  expect(first).toBeLessThan(12_000);
  expect(await timed()).toBeLessThan(3_000);
  await provider.close();
});

test("an abort while a port is dialled leads to no other port, and leaves no timer", async () => {
  await using relay = await startSandboxRelay();
  await using hole = await startBlackHole();
  const provider = openWith(relay, [hole.port, relay.port, hole.port]);
  const timers = () => process.getActiveResourcesInfo().filter((it) => it === "Timeout").length;
  const before = timers();
  const controller = new AbortController();
  const verified = provider.verify({ signal: controller.signal });
  await expect.poll(() => process.getActiveResourcesInfo().includes("TCPSocketWrap")).toBe(true);
  controller.abort();
  await expect(verified).rejects.toMatchObject({ code: "aborted", stage: "tcp", certainty: "not_sent" });
  await delay(100);
  expect(timers()).toBeLessThanOrEqual(before);
  expect(relay.connections).toHaveLength(0);
  await provider.close();
});
