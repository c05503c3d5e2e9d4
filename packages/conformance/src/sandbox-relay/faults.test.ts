import { describe, expect, test } from "vitest";
import { connectRaw, plainLogin, type RawClient, sendMessage } from "./__fixtures__/raw-client.js";
import { connect, login, start } from "./__fixtures__/relays.js";
import type { Fault, FaultAction, FaultPoint, SandboxRelay } from "./index.js";

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** What a client says to come to each point, after the session has got to where the command is in order. */
const commandPoints = {
  ehlo: "EHLO client.test",
  helo: "HELO client.test",
  starttls: "STARTTLS",
  "ehlo-after-tls": "EHLO client.test",
  auth: plainLogin(),
  "auth-continuation": base64("sandbox"),
  "mail-from": "MAIL FROM:<from@example.test>",
  "rcpt-to": "RCPT TO:<to@example.test>",
  data: "DATA",
  "end-of-data": ".",
  rset: "RSET",
  noop: "NOOP",
  quit: "QUIT",
} as const satisfies Partial<Record<FaultPoint, string>>;
type CommandPoint = keyof typeof commandPoints;
const points = Object.keys(commandPoints).filter((key): key is CommandPoint => key in commandPoints);

/** Brings a client to just before a point, over the way that real sessions take. */
async function clientBefore(relay: SandboxRelay, point: CommandPoint): Promise<RawClient> {
  if (["mail-from", "rcpt-to", "data", "end-of-data", "rset", "noop", "quit"].includes(point)) {
    const client = await login(relay);
    if (["rcpt-to", "data", "end-of-data"].includes(point)) await client.command(commandPoints["mail-from"]);
    if (["data", "end-of-data"].includes(point)) await client.command(commandPoints["rcpt-to"]);
    if (point === "end-of-data") {
      await client.command("DATA");
      client.send("content\r\n");
    }
    return client;
  }
  const client = await connect(relay);
  await client.reply();
  if (point === "ehlo" || point === "helo") return client;
  await client.command("EHLO client.test");
  if (point === "starttls") return client;
  await client.command("STARTTLS");
  await client.startTls();
  if (point === "ehlo-after-tls") return client;
  await client.command("EHLO client.test");
  if (point === "auth-continuation") await client.command("AUTH LOGIN");
  return client;
}

const properReplies: Record<CommandPoint, RegExp> = {
  ehlo: /^250-sandbox-relay\.test .*\n250-PIPELINING\n/,
  helo: /^250 sandbox-relay\.test /,
  starttls: /^220 /,
  "ehlo-after-tls": /^250-sandbox-relay\.test .*\n(.*\n)*250-AUTH /,
  auth: /^235 /,
  "auth-continuation": /^334 /,
  "mail-from": /^250 2\.1\.0 /,
  "rcpt-to": /^250 2\.1\.5 /,
  data: /^354 /,
  "end-of-data": /^250 2\.6\.0 OK: queued as /,
  rset: /^250 2\.0\.0 Flushed/,
  noop: /^250 /,
  quit: /^221 /,
};

/** Node before 24 takes a reset that comes together with data for an end. */
const endOrReset = /^(end|ECONNRESET)$/;

const startWith = (at: FaultPoint, action: FaultAction, more: Partial<Fault> = {}) =>
  start({ faults: [{ at, do: action, ...more }] });

describe.each(points)("at %s", (at) => {
  const line = commandPoints[at];

  test("reply instead of acting", async () => {
    const relay = await startWith(at, { reply: "451-4.3.0 First\r\n451 4.3.0 Second" }, { times: 1 });
    const client = await clientBefore(relay, at);
    expect(await client.command(line)).toBe("451-4.3.0 First\n451 4.3.0 Second");
    expect(relay.messages).toEqual([]);
    if (at.startsWith("auth")) expect(relay.connections[0]?.user).toBeUndefined();
    // The session goes on.
    expect(await client.command("RSET")).toBe("250 2.0.0 Flushed");
  });

  test("a 421 closes", async () => {
    const relay = await startWith(at, { reply: "421 4.3.2 Closing" });
    const client = await clientBefore(relay, at);
    expect(await client.command(line)).toBe("421 4.3.2 Closing");
    expect(await client.over).toBe("end");
    await relay.waitForNoConnections();
    expect(relay.messages).toEqual([]);
  });

  test.each(["reset", "end"] as const)("drop before, by %s", async (by) => {
    const relay = await startWith(at, { drop: "before", with: by });
    const client = await clientBefore(relay, at);
    const before = client.received();
    client.send(`${line}\r\n`);
    expect(await client.over).toBe(by === "reset" ? "ECONNRESET" : "end");
    expect(client.received()).toBe(before);
    expect(relay.messages).toEqual([]);
    if (at !== "end-of-data") expect(relay.connections[0]?.transcript.at(-1)?.text).toBe(line);
  });

  test.each(["reset", "end"] as const)("drop after-reply, by %s", async (by) => {
    const relay = await startWith(at, { drop: "after-reply", with: by });
    const client = await clientBefore(relay, at);
    expect(await client.command(line)).toMatch(properReplies[at]);
    expect(await client.over).toMatch(by === "reset" ? endOrReset : /^end$/);
    await relay.waitForNoConnections();
    expect(relay.messages).toHaveLength(at === "end-of-data" ? 1 : 0);
  });

  test("stall", async () => {
    const relay = await startWith(at, { stall: true });
    const client = await clientBefore(relay, at);
    const before = client.received();
    client.send(`${line}\r\nNOOP\r\n`);
    await relay.waitForFault(at);
    expect(relay.openConnectionCount).toBe(1);
    client.close();
    await relay.waitForNoConnections();
    expect(client.received()).toBe(before);
    expect(relay.messages).toEqual([]);
  });

  test("raw instead of the reply", async () => {
    const relay = await startWith(at, { raw: "250-one\n999 two\nnoise" });
    const client = await clientBefore(relay, at);
    const before = client.received().length;
    client.send(`${line}\r\n`);
    await client.receivedText("noise");
    expect(client.received().slice(before)).toBe("250-one\n999 two\nnoise");
    expect(relay.messages).toHaveLength(at === "end-of-data" ? 1 : 0);
  });

  test("extra behind the reply, in one packet", async () => {
    const relay = await startWith(at, { extra: "250 2.0.0 Unasked\r\n" });
    const client = await clientBefore(relay, at);
    const packet = new Promise<string>((resolve) => {
      client.socket.once("data", (chunk) => resolve(chunk.toString()));
    });
    client.send(`${line}\r\n`);
    expect(await packet).toMatch(/\r\n250 2\.0\.0 Unasked\r\n$/);
    expect(await client.reply()).toMatch(properReplies[at]);
    expect(await client.reply()).toBe("250 2.0.0 Unasked");
  });

  test("a late reply, in pieces", async () => {
    const relay = await startWith(at, { trickle: { everyMs: 1, bytes: 3 }, delayMs: 5 });
    const client = await clientBefore(relay, at);
    const sizes: number[] = [];
    client.socket.on("data", (chunk: Buffer) => sizes.push(chunk.length));
    expect(await client.command(line)).toMatch(properReplies[at]);
    expect(sizes[0]).toBeLessThanOrEqual(6);
    expect(sizes.length).toBeGreaterThan(1);
    if (at === "starttls") {
      await client.startTls();
      expect(await client.command("EHLO client.test")).toContain("AUTH");
    } else if (at !== "quit" && at !== "data" && at !== "auth-continuation") {
      expect(await client.command("NOOP")).toMatch(/^250 /);
    }
  });
});

describe("at end-of-data", () => {
  test.each(["reset", "end"] as const)("drop after captures, and withholds the reply; by %s", async (by) => {
    const relay = await startWith("end-of-data", { drop: "after", with: by });
    const client = await clientBefore(relay, "end-of-data");
    const before = client.received();
    client.send(".\r\n");
    expect(await client.over).toBe(by === "reset" ? "ECONNRESET" : "end");
    expect(client.received()).toBe(before);
    expect(relay.messages).toHaveLength(1);
  });

  test("stall after captures, and never answers", async () => {
    const relay = await startWith("end-of-data", { stall: "after" });
    const client = await clientBefore(relay, "end-of-data");
    const before = client.received();
    client.send(".\r\n");
    await relay.waitForMessages(1);
    client.close();
    await relay.waitForNoConnections();
    expect(client.received()).toBe(before);
  });

  test("a message is captured although its sender died while the reply was late", async () => {
    const relay = await startWith("end-of-data", { delayMs: 60_000 });
    const client = await clientBefore(relay, "end-of-data");
    client.send(".\r\n");
    await relay.waitForFault("end-of-data");
    client.close();
    expect(await relay.waitForMessages(1)).toHaveLength(1);
  });

  test("a refusal leaves the session usable", async () => {
    const relay = await startWith("end-of-data", { reply: "554 5.7.1 Spam" }, { times: 1 });
    const client = await login(relay);
    expect((await sendMessage(client))[3]).toBe("554 5.7.1 Spam");
    expect((await sendMessage(client))[3]).toMatch(/^250 /);
    expect(relay.messages).toHaveLength(1);
  });
});

describe("at connect", () => {
  test.each([
    ["reset", "ECONNRESET"],
    ["end", "end"],
  ] as const)("drop by %s", async (by, outcome) => {
    const client = await connect(await startWith("connect", { drop: "before", with: by }));
    expect(await client.over).toBe(outcome);
    expect(client.received()).toBe("");
  });

  test("stall says nothing, whatever comes, and notices the client's end", async () => {
    const relay = await startWith("connect", { stall: true });
    const client = await connect(relay);
    client.send("EHLO client.test\r\n");
    const [connection] = await relay.waitForConnections(1);
    await relay.waitForFault("connect");
    client.close();
    await connection?.closed;
    expect(client.received()).toBe("");
    expect(connection?.commands).toEqual([]);
  });

  test("raw says something, and then nothing", async () => {
    const relay = await startWith("connect", { raw: "SSH-2.0-OpenSSH_9.9\r\n" });
    const client = await connect(relay);
    await client.receivedText("SSH-2.0-OpenSSH_9.9\r\n");
    client.send("EHLO client.test\r\n");
    expect(relay.openConnectionCount).toBe(1);
    client.close();
    await relay.waitForNoConnections();
    expect(client.received()).toBe("SSH-2.0-OpenSSH_9.9\r\n");
    expect(Buffer.from(relay.connections[0]?.wire ?? []).toString()).toBe("EHLO client.test\r\n");
  });

  test("a delay", async () => {
    const client = await connect(await startWith("connect", { delayMs: 5 }));
    expect(await client.reply()).toMatch(/^220 /);
  });
});

describe("at greeting", () => {
  test("a refusal: 503 to anything, until QUIT", async () => {
    const client = await connect(await startWith("greeting", { reply: "554 5.7.1 No service for you" }));
    expect(await client.reply()).toBe("554 5.7.1 No service for you");
    expect(await client.command("EHLO client.test")).toMatch(/^503 /);
    expect(await client.command("QUIT")).toMatch(/^221 /);
    expect(await client.over).toBe("end");
  });

  test("a 421 closes", async () => {
    const client = await connect(await startWith("greeting", { reply: "421 4.3.2 Too busy" }));
    expect(await client.reply()).toBe("421 4.3.2 Too busy");
    expect(await client.over).toBe("end");
  });

  test("another greeting", async () => {
    const client = await connect(await startWith("greeting", { reply: "220-two\r\n220 lines" }));
    expect(await client.reply()).toBe("220-two\n220 lines");
    expect(await client.command("EHLO client.test")).toMatch(/^250/);
  });

  test("garbage", async () => {
    const client = await connect(await startWith("greeting", { raw: Buffer.from([0, 0xc3, 0xa9, 10]) }));
    await client.receivedText("\n");
    expect(client.received()).toBe("\0é\n");
  });

  test.each([
    ["before", ""],
    ["after", "220 sandbox-relay.test ESMTP\r\n"],
  ] as const)("drop %s", async (drop, received) => {
    for (const by of ["reset", "end"] as const) {
      const client = await connect(await startWith("greeting", { drop, with: by }));
      expect(await client.over).toMatch(
        by === "end" ? /^end$/ : drop === "before" ? /^ECONNRESET$/ : endOrReset,
      );
      expect(client.received()).toBe(received);
    }
  });

  test.each(["none", "implicit"] as const)("stall with tls %s", async (tls) => {
    const relay = await start({ tls, faults: [{ at: "greeting", do: { stall: true } }] });
    const client = await connect(relay);
    client.send("EHLO client.test\r\n");
    await relay.waitForFault("greeting");
    client.close();
    await relay.waitForNoConnections();
    expect(client.received()).toBe("");
  });

  test("who talks before a late greeting gets 421", async () => {
    const relay = await startWith("greeting", { delayMs: 60_000 });
    const client = await connect(relay);
    await relay.waitForFault("greeting");
    expect(await client.command("EHLO client.test")).toMatch(/^421 .*talk too soon/);
  });
});

describe("at tls-handshake", () => {
  const until = (tls: "starttls" | "implicit") => async (relay: SandboxRelay) => {
    if (tls === "implicit")
      return connectRaw(relay).then(
        () => "ok",
        (error: Error) => error.message,
      );
    const client = await connect(relay);
    await client.reply();
    await client.command("STARTTLS");
    return client.startTls().then(
      () => client.command("EHLO client.test"),
      (error: Error) => error.message,
    );
  };

  describe.each(["starttls", "implicit"] as const)("%s", (tls) => {
    const run = async (action: FaultAction) => {
      const relay = await start({ tls, faults: [{ at: "tls-handshake", do: action }] });
      return { relay, outcome: until(tls)(relay) };
    };

    test.each(["reset", "end"] as const)("drop before, by %s", async (by) => {
      const { relay, outcome } = await run({ drop: "before", with: by });
      expect(await outcome).toMatch(/ECONNRESET/);
      await relay.waitForNoConnections();
      expect(relay.connections[0]?.tls).toBeUndefined();
    });

    test.each(["reset", "end"] as const)("drop after, by %s", async (by) => {
      const { relay, outcome } = await run({ drop: "after", with: by });
      const [connection] = await relay.waitForConnections(1);
      await connection?.closed;
      await outcome.catch(() => undefined);
      expect(connection?.tls?.protocol).toBe("TLSv1.3");
      expect(connection?.transcript.some(({ encrypted }) => encrypted)).toBe(false);
    });

    test.each([true, "after"] as const)("stall %s", async (stall) => {
      const relay = await start({ tls, faults: [{ at: "tls-handshake", do: { stall } }] });
      const attempt = until(tls)(relay).catch(() => "over");
      await relay.waitForFault("tls-handshake");
      expect(relay.openConnectionCount).toBe(1);
      relay.connections[0]?.drop();
      await attempt;
      await relay.waitForNoConnections();
    });

    test("raw instead of a ServerHello", async () => {
      const { outcome } = await run({ raw: "454 4.7.0 I have no TLS\r\n" });
      expect(await outcome).toMatch(/ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG/);
    });

    test("a delay", async () => {
      const { outcome } = await run({ delayMs: 5 });
      expect(await outcome).toMatch(/^(ok|250)/);
    });
  });
});

describe("at body", () => {
  const content = `${"x".repeat(62)}\r\n`.repeat(1000);
  const toBody = async (relay: SandboxRelay) => {
    const client = await login(relay);
    await client.command("MAIL FROM:<from@example.test>");
    await client.command("RCPT TO:<to@example.test>");
    await client.command("DATA");
    return client;
  };

  test.each(["reset", "end"] as const)("drop by %s after some octets", async (by) => {
    const relay = await startWith("body", { drop: "before", with: by }, { afterOctets: 1000 });
    const client = await toBody(relay);
    client.send(content.slice(0, 1000));
    expect(relay.openConnectionCount).toBe(1);
    client.send(content.slice(1000));
    expect(await client.over).toMatch(/ECONNRESET|EPIPE|end/);
    await relay.waitForNoConnections();
    expect(relay.messages).toEqual([]);
  });

  test("an early reply takes the place of the last one", async () => {
    const relay = await startWith("body", { reply: "552 5.3.4 Too large" }, { times: 1 });
    const client = await toBody(relay);
    client.send(content);
    expect(await client.reply()).toBe("552 5.3.4 Too large");
    client.send(".\r\n");
    expect(await client.command("NOOP")).toBe("250 2.0.0 OK");
    expect(relay.messages).toEqual([]);
    expect((await sendMessage(client))[3]).toMatch(/^250 /);
  });

  test("an early 421 closes", async () => {
    const relay = await startWith("body", { reply: "421 4.3.2 Closing" });
    const client = await toBody(relay);
    client.send(content);
    expect(await client.reply()).toBe("421 4.3.2 Closing");
    expect(await client.over).toMatch(/end|ECONNRESET|EPIPE/);
    expect(relay.messages).toEqual([]);
  });

  test("raw comes in addition", async () => {
    const relay = await startWith("body", { raw: "250 2.0.0 Early\r\n" });
    const client = await toBody(relay);
    client.send(content);
    expect(await client.reply()).toBe("250 2.0.0 Early");
    expect(await client.command(".")).toMatch(/^250 2\.6\.0 OK: queued/);
    expect(relay.messages).toHaveLength(1);
  });

  test("stall swallows the content without an answer", async () => {
    const relay = await startWith("body", { stall: true });
    const client = await toBody(relay);
    const before = client.received();
    client.send(`${content}.\r\n`);
    await relay.waitForFault("body");
    client.close();
    await relay.waitForNoConnections();
    expect(client.received()).toBe(before);
    expect(relay.messages).toEqual([]);
  });

  test("stopReading makes the client's writes block", async () => {
    const relay = await startWith("body", { stopReading: true });
    const client = await toBody(relay);
    client.send(content);
    await relay.waitForFault("body");
    // More than all socket buffers between here and there can hold.
    const more = Buffer.alloc(64 * 1024 * 1024, "x");
    client.socket.write(more);
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.socket.writableLength).toBeGreaterThan(0);
    expect(relay.connections[0]?.wire.length).toBeLessThan(more.length);
  });

  test("a delay, then all goes well", async () => {
    const relay = await startWith("body", { delayMs: 5 });
    expect((await sendMessage(await login(relay), content))[3]).toMatch(/^250 /);
  });

  test("a message too short for it goes through", async () => {
    const relay = await startWith("body", { drop: "before" }, { afterOctets: 10_000 });
    expect((await sendMessage(await login(relay)))[3]).toMatch(/^250 /);
  });
});

describe("AUTH", () => {
  test("an endless 334", async () => {
    const relay = await start({
      tls: "none",
      faults: [
        { at: "auth", do: { reply: "334 VXNlcm5hbWU6" } },
        { at: "auth-continuation", do: { reply: "334 VXNlcm5hbWU6" } },
      ],
    });
    const client = await connect(relay);
    await client.reply();
    await client.command("EHLO client.test");
    expect(await client.command("AUTH LOGIN")).toBe("334 VXNlcm5hbWU6");
    for (let round = 0; round < 20; round += 1) expect(await client.command("eA==")).toBe("334 VXNlcm5hbWU6");
    relay.setFaults([]);
    expect(await client.command("eA==")).toMatch(/^535 /);
    expect(await client.command(plainLogin())).toMatch(/^235 /);
  });
});

describe("which fault applies when", () => {
  const codesOf = async (client: RawClient, count: number) => {
    const codes: string[] = [];
    for (let pass = 0; pass < count; pass += 1) codes.push((await client.command("NOOP")).slice(0, 3));
    return codes;
  };

  test("skip and times count passes; the first that is due applies", async () => {
    const relay = await start({
      tls: "none",
      faults: [
        { at: "noop", do: { reply: "451 a" }, skip: 1, times: 2 },
        { at: "noop", do: { reply: "452 b" }, times: 2 },
      ],
    });
    const client = await connect(relay);
    await client.reply();
    expect(await codesOf(client, 5)).toEqual(["452", "451", "451", "452", "250"]);
  });

  test("the count goes over all connections, and setFaults starts it anew", async () => {
    const fault: Fault = { at: "noop", do: { reply: "451 a" }, times: 1 };
    const relay = await start({ tls: "none", faults: [fault] });
    const [one, two] = [await connect(relay), await connect(relay)];
    await Promise.all([one.reply(), two.reply()]);
    expect([await codesOf(one, 1), await codesOf(two, 1)]).toEqual([["451"], ["250"]]);
    relay.setFaults([fault]);
    await expect(relay.waitForFault("noop", { timeoutMs: 1 })).rejects.toThrow("it was 0 times");
    expect(await codesOf(two, 2)).toEqual(["451", "250"]);
    await relay.waitForFault("noop");
  });

  test("pipelined commands behind a fault are answered in order", async () => {
    const relay = await start({
      tls: "none",
      faults: [{ at: "noop", do: { delayMs: 5, reply: "451 late" }, times: 1 }],
    });
    const client = await connect(relay);
    await client.reply();
    client.send("NOOP\r\nRSET\r\nNOOP\r\n");
    expect([await client.reply(), await client.reply(), await client.reply()]).toEqual([
      "451 late",
      "250 2.0.0 Flushed",
      "250 2.0.0 OK",
    ]);
  });
});
