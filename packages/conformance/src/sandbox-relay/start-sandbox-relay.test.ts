import { connect as connectSocket, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { plainLogin, sendMessage } from "./__fixtures__/raw-client.js";
import { connect, login, start } from "./__fixtures__/relays.js";
import { closedPort, startSandboxRelay } from "./index.js";

const codes = (replies: readonly string[]) => replies.map((reply) => reply.slice(0, 3));
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a message from greeting to capture", () => {
  for (const tls of ["starttls", "implicit", "none"] as const) {
    test(`with tls ${tls}`, async () => {
      const relay = await start({ tls });
      const client = await login(relay);
      const replies = await sendMessage(client);
      expect(codes(replies)).toEqual(["250", "250", "354", "250"]);
      const [message] = await relay.waitForMessages(1);
      expect(message).toMatchObject({
        envelope: { from: "from@example.test", to: ["to@example.test"], mailFromParameters: {} },
        parsed: { subject: "hello", text: "body\n" },
        user: "sandbox",
        tls: tls !== "none",
        connectionId: 1,
      });
      expect(Buffer.from(message?.raw ?? []).toString()).toBe("Subject: hello\r\n\r\nbody\r\n");
      expect(replies[3]).toBe(`250 2.6.0 OK: queued as ${message?.id}`);
      expect(await client.command("QUIT")).toMatch(/^221 /);
      expect(await client.over).toBe("end");
      await relay.waitForNoConnections();
    });
  }

  test("over IPv6", async () => {
    const relay = await start({ host: "::1", tls: "implicit" });
    await sendMessage(await login(relay, { servername: "localhost" }));
    expect(await relay.waitForMessages(1)).toHaveLength(1);
  });

  test("dots, bare dots and binary octets arrive as they were, however they are cut", async () => {
    const relay = await start({ tls: "none" });
    const client = await login(relay);
    const content = Buffer.concat([
      Buffer.from(".\r\n..\r\n.leading\r\nmiddle . dot\r\n...\r\n\r\n.\r\n"),
      Buffer.from([0, 1, 127, 128, 255, 13, 10]),
      Buffer.from("é 😀\r\n.\r\nlast\r\n"),
    ]);
    const stuffed = Buffer.from(content.toString("latin1").replace(/^\./gm, ".."), "latin1");
    for (const size of [1, 2, 3, 5, 7, 1000]) {
      await client.command("MAIL FROM:<from@example.test> BODY=8BITMIME");
      await client.command("RCPT TO:<to@example.test>");
      await client.command("DATA");
      for (let at = 0; at < stuffed.length; at += size) client.send(stuffed.subarray(at, at + size));
      expect(await client.command(".")).toMatch(/^250 /);
    }
    const messages = await relay.waitForMessages(6);
    for (const { raw, envelope } of messages) {
      expect(Buffer.from(raw).equals(content)).toBe(true);
      expect(envelope.mailFromParameters).toEqual({ BODY: "8BITMIME" });
    }
  });

  test("a message of 5 MB through TLS", async () => {
    const relay = await start();
    const client = await login(relay);
    const content = `Subject: large\r\n\r\n${"0123456789abcdef".repeat(60).concat("\r\n").repeat(5200)}`;
    await sendMessage(client, content);
    const [message] = await relay.waitForMessages(1);
    expect(Buffer.from(message?.raw ?? []).toString("latin1") === content).toBe(true);
  });

  test("addresses are captured as sent: A-labels, case, parameters", async () => {
    const relay = await start({ tls: "none" });
    const client = await login(relay);
    await client.command("MAIL FROM:<From@XN--bcher-kva.example> SIZE=12 SMTPUTF8 ENVID=a+2Bb RET=HDRS");
    await client.command("RCPT TO:<To@xn--bcher-kva.example> NOTIFY=NEVER");
    await client.command("RCPT TO:<grüße@example.test>");
    await client.command("DATA");
    await client.command("x\r\n.");
    const [message] = await relay.waitForMessages(1);
    expect(message?.envelope).toEqual({
      from: "From@XN--bcher-kva.example",
      to: ["To@xn--bcher-kva.example", "grüße@example.test"],
      mailFromParameters: { SIZE: "12", SMTPUTF8: true, ENVID: "a+b", RET: "HDRS" },
      recipientParameters: [{ NOTIFY: "NEVER" }, {}],
    });
  });

  test("pipelined commands in one packet", async () => {
    const relay = await start({ tls: "none" });
    const client = await login(relay);
    client.send(
      "MAIL FROM:<from@example.test>\r\nRCPT TO:<a@example.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n",
    );
    const replies = [await client.reply(), await client.reply(), await client.reply(), await client.reply()];
    expect(codes(replies)).toEqual(["250", "250", "250", "354"]);
    client.send("one\r\n.\r\nMAIL FROM:<next@example.test>\r\nRCPT TO:<c@example.test>\r\nDATA\r\n");
    const next = [await client.reply(), await client.reply(), await client.reply(), await client.reply()];
    expect(codes(next)).toEqual(["250", "250", "250", "354"]);
    await client.command("two\r\n.");
    const messages = await relay.waitForMessages(2);
    expect(messages.map(({ envelope }) => envelope.to)).toEqual([
      ["a@example.test", "b@example.test"],
      ["c@example.test"],
    ]);
  });
});

describe("login", () => {
  test("PLAIN with and without initial response, LOGIN, XOAUTH2", async () => {
    const relay = await start({
      tls: "implicit",
      users: { "ü@example.test": "pässwörd" },
      mechanisms: ["PLAIN", "LOGIN", "XOAUTH2"],
    });
    const oauth = base64("user=ü@example.test\x01auth=Bearer pässwörd\x01\x01");
    const exchanges = [
      [plainLogin("ü@example.test", "pässwörd")],
      ["AUTH PLAIN", base64("\0ü@example.test\0pässwörd")],
      ["AUTH LOGIN", base64("ü@example.test"), base64("pässwörd")],
      [`AUTH XOAUTH2 ${oauth}`],
    ];
    for (const lines of exchanges) {
      const client = await connect(relay);
      await client.reply();
      expect(await client.command("EHLO client.test")).toContain("250-AUTH PLAIN LOGIN XOAUTH2\n");
      let answer = "";
      for (const line of lines) answer = await client.command(line);
      expect(answer).toBe("235 2.7.0 Authentication successful");
    }
    expect(relay.connections.map(({ user }) => user)).toEqual(Array(4).fill("ü@example.test"));
  });

  test.each([
    ["a wrong password", plainLogin("sandbox", "wrong")],
    ["an unknown user", plainLogin("nobody", "sandbox-password")],
    ["a user named like a property of every object", plainLogin("constructor", "sandbox-password")],
  ])("%s gets 535 and no mail", async (_name, line) => {
    const relay = await start({ tls: "implicit" });
    const client = await connect(relay);
    await client.reply();
    await client.command("EHLO client.test");
    expect(await client.command(line)).toMatch(/^535 5\.7\.8 /);
    expect(await client.command("MAIL FROM:<from@example.test>")).toMatch(/^530 5\.7\.0 /);
    expect(relay.connections[0]?.user).toBeUndefined();
  });

  test("with STARTTLS, AUTH is announced inside TLS only and refused outside", async () => {
    const relay = await start();
    const client = await connect(relay);
    await client.reply();
    const before = await client.command("EHLO client.test");
    expect(before).toContain("STARTTLS");
    expect(before).not.toContain("AUTH");
    expect(await client.command(plainLogin())).toMatch(/^538 /);
    await client.command("STARTTLS");
    await client.startTls();
    const after = await client.command("EHLO client.test");
    expect(after).toContain("250-AUTH PLAIN LOGIN\n");
    expect(after).not.toContain("STARTTLS");
    expect(await client.command(plainLogin())).toMatch(/^235 /);
  });

  test("authenticationInClear shows in the wire", async () => {
    const relay = await start({ starttls: "not_offered", authenticationInClear: true });
    const client = await connect(relay);
    await client.reply();
    expect(await client.command("EHLO client.test")).toContain("AUTH PLAIN LOGIN");
    expect(await client.command(plainLogin())).toMatch(/^235 /);
    const [connection] = relay.connections;
    expect(Buffer.from(connection?.wire ?? []).toString()).toBe(`EHLO client.test\r\n${plainLogin()}\r\n`);
    expect(connection?.transcript).toContainEqual({
      direction: "client",
      text: plainLogin(),
      encrypted: false,
    });
  });

  test("without TLS it is offered, unless told otherwise", async () => {
    const open = await connect(await start({ tls: "none" }));
    await open.reply();
    expect(await open.command("EHLO client.test")).toContain("AUTH");
    const closed = await connect(await start({ tls: "none", authenticationInClear: false }));
    await closed.reply();
    expect(await closed.command("EHLO client.test")).not.toContain("AUTH");
    expect(await closed.command(plainLogin())).toMatch(/^538 /);
  });

  test("not_offered: no AUTH, and mail without it", async () => {
    const relay = await start({ tls: "none", authentication: "not_offered" });
    const client = await connect(relay);
    await client.reply();
    expect(await client.command("EHLO client.test")).not.toContain("AUTH");
    expect(await client.command(plainLogin())).toMatch(/^500 /);
    expect(codes(await sendMessage(client))).toEqual(["250", "250", "354", "250"]);
    expect((await relay.waitForMessages(1))[0]?.user).toBeUndefined();
  });

  test("optional: AUTH, and mail without it", async () => {
    const client = await connect(await start({ tls: "none", authentication: "optional" }));
    await client.reply();
    expect(await client.command("EHLO client.test")).toContain("AUTH");
    expect(codes(await sendMessage(client))).toEqual(["250", "250", "354", "250"]);
  });

  test("acceptsEverything says 250 to a login and to nonsense, and never 235", async () => {
    const relay = await start({ tls: "none", acceptsEverything: true });
    const client = await connect(relay);
    await client.reply();
    await client.command("EHLO client.test");
    expect(await client.command(plainLogin("nobody", "wrong"))).toMatch(/^250 /);
    expect(await client.command("XYZZY")).toMatch(/^250 /);
    expect(codes(await sendMessage(client))).toEqual(["250", "250", "354", "250"]);
    expect(client.received()).not.toMatch(/^235/m);
    expect(relay.connections[0]?.user).toBeUndefined();
  });
});

describe("EHLO", () => {
  const ehlo = async (options: Parameters<typeof start>[0]) => {
    const client = await connect(await start({ tls: "none", authentication: "not_offered", ...options }));
    await client.reply();
    return {
      client,
      lines: (await client.command("EHLO client.test")).split("\n").map((line) => line.slice(4)),
    };
  };

  test("announces everything by default", async () => {
    const { lines } = await ehlo({ name: "mx.example.test" });
    expect(lines[0]).toMatch(/^mx\.example\.test /);
    expect(lines.slice(1)).toEqual([
      "PIPELINING",
      "8BITMIME",
      "SMTPUTF8",
      "ENHANCEDSTATUSCODES",
      "DSN",
      "SIZE 26214400",
    ]);
  });

  test.each([
    ["pipelining", "PIPELINING"],
    ["eightBitMime", "8BITMIME"],
    ["smtputf8", "SMTPUTF8"],
    ["enhancedStatusCodes", "ENHANCEDSTATUSCODES"],
    ["dsn", "DSN"],
    ["size", "SIZE 26214400"],
  ])("without %s", async (extension, line) => {
    const { lines, client } = await ehlo({ extensions: { [extension]: false } });
    expect(lines).not.toContain(line);
    expect(lines).toHaveLength(6);
    const reply = await client.command("RSET");
    expect(reply).toBe(extension === "enhancedStatusCodes" ? "250 Flushed" : "250 2.0.0 Flushed");
  });

  test("a message above the size limit gets 552, announced or found out", async () => {
    const { client, lines } = await ehlo({ extensions: { size: 100 } });
    expect(lines).toContain("SIZE 100");
    expect(await client.command("MAIL FROM:<from@example.test> SIZE=101")).toMatch(/^552 5\.3\.4 /);
    const replies = await sendMessage(client, `${"x".repeat(101)}\r\n`);
    expect(replies[3]).toMatch(/^552 5\.3\.4 /);
    expect((await sendMessage(client))[3]).toMatch(/^250 /);
  });
});

describe("refusals by address", () => {
  test("the reply is word for word the one given, and the rest goes on", async () => {
    const relay = await start({
      tls: "none",
      rejectRecipients: {
        "Nobody@example.test": "550 5.1.1 <nobody>: no such user",
        "full@example.test": "452 4.2.2 Full",
      },
      rejectSenders: { "evil@example.test": "553 5.7.1 Not you", "": "550 5.7.1 No bounces" },
    });
    const client = await login(relay);
    expect(await client.command("MAIL FROM:<evil@example.test>")).toBe("553 5.7.1 Not you");
    expect(await client.command("MAIL FROM:<>")).toBe("550 5.7.1 No bounces");
    await client.command("MAIL FROM:<from@example.test>");
    expect(await client.command("RCPT TO:<nobody@EXAMPLE.test>")).toBe("550 5.1.1 <nobody>: no such user");
    expect(await client.command("RCPT TO:<full@example.test>")).toBe("452 4.2.2 Full");
    expect(await client.command("DATA")).toMatch(/^503 /);
    expect(await client.command("RCPT TO:<to@example.test>")).toMatch(/^250 /);
    await client.command("DATA");
    await client.command("x\r\n.");
    expect((await relay.waitForMessages(1))[0]?.envelope.to).toEqual(["to@example.test"]);
  });

  test("a 421 closes", async () => {
    const relay = await start({ tls: "none", rejectRecipients: { "to@example.test": "421 4.7.0 Too many" } });
    const client = await login(relay);
    await client.command("MAIL FROM:<from@example.test>");
    expect(await client.command("RCPT TO:<to@example.test>")).toBe("421 4.7.0 Too many");
    expect(await client.over).toBe("end");
  });
});

describe("records", () => {
  test("wire is what came over TCP, transcript is what was said", async () => {
    const relay = await start();
    const client = await login(relay);
    await sendMessage(client, "secret content\r\n");
    const [connection] = relay.connections;
    const wire = Buffer.from(connection?.wire ?? []).toString("latin1");
    expect(wire.startsWith("EHLO client.test\r\nSTARTTLS\r\n\x16\x03")).toBe(true);
    expect(wire).not.toContain("AUTH");
    expect(wire).not.toContain("secret content");
    expect(connection?.commands).toEqual([
      "EHLO client.test",
      "STARTTLS",
      "EHLO client.test",
      plainLogin(),
      "MAIL FROM:<from@example.test>",
      "RCPT TO:<to@example.test>",
      "DATA",
    ]);
    const transcript = connection?.transcript ?? [];
    expect(transcript[0]).toEqual({
      direction: "server",
      text: "220 sandbox-relay.test ESMTP",
      encrypted: false,
    });
    const firstEncrypted = transcript.findIndex(({ encrypted }) => encrypted);
    expect(transcript[firstEncrypted - 1]).toMatchObject({
      direction: "server",
      text: expect.stringMatching(/^220 /),
    });
    expect(transcript[firstEncrypted]).toMatchObject({ direction: "client", text: "EHLO client.test" });
    expect(transcript.slice(firstEncrypted).every(({ encrypted }) => encrypted)).toBe(true);
    expect(transcript.slice(-2)).toEqual([
      { direction: "client", text: "<16 octets>", encrypted: true },
      { direction: "server", text: expect.stringMatching(/^250 2\.6\.0 OK: queued as /), encrypted: true },
    ]);
    expect(connection?.tls).toEqual({
      protocol: "TLSv1.3",
      cipher: expect.stringMatching(/^TLS_/),
      serverName: "localhost",
    });
  });

  test("AUTH continuation lines are in the transcript and no commands", async () => {
    const relay = await start({ tls: "none" });
    const client = await connect(relay);
    await client.reply();
    for (const line of ["EHLO client.test", "AUTH LOGIN", base64("sandbox"), base64("wrong")])
      await client.command(line);
    const [connection] = relay.connections;
    expect(connection?.commands).toEqual(["EHLO client.test", "AUTH LOGIN"]);
    expect(
      connection?.transcript.filter(({ direction }) => direction === "client").map(({ text }) => text),
    ).toEqual(["EHLO client.test", "AUTH LOGIN", base64("sandbox"), base64("wrong")]);
  });

  test("clear forgets messages and closed connections, and keeps open ones", async () => {
    const relay = await start({ tls: "none" });
    const first = await login(relay);
    await sendMessage(first);
    const second = await login(relay);
    first.close();
    await relay.connections[0]?.closed;
    expect(relay.connections[0]?.open).toBe(false);
    relay.clear();
    expect(relay.messages).toEqual([]);
    expect(relay.connections.map(({ id, open }) => ({ id, open }))).toEqual([{ id: 2, open: true }]);
    expect(relay.openConnectionCount).toBe(1);
    await sendMessage(second);
    expect(relay.messages[0]?.connectionId).toBe(2);
  });

  test("a connection can speak unasked, and end", async () => {
    const relay = await start();
    const client = await login(relay);
    const [connection] = relay.connections;
    connection?.write("421 4.4.2 Idle for too long");
    expect(await client.reply()).toBe("421 4.4.2 Idle for too long");
    expect(connection?.transcript.filter(({ text }) => text.startsWith("421"))).toEqual([
      { direction: "server", text: "421 4.4.2 Idle for too long", encrypted: true },
    ]);
    connection?.drop("end");
    expect(await client.over).toBe("end");
    const other = await login(relay);
    relay.connections[1]?.drop();
    expect(await other.over).toBe("ECONNRESET");
    await relay.connections[1]?.closed;
    expect(() => relay.connections[1]?.write("250 too late")).toThrow("Connection 2 is closed");
  });
});

test("a stalled connection can speak again", async () => {
  const relay = await start({
    faults: [
      { at: "noop", do: { stall: true } },
      { at: "connect", do: { stall: true }, skip: 1 },
    ],
  });
  const client = await login(relay);
  client.send("NOOP\r\n");
  await relay.waitForFault("noop");
  relay.connections[0]?.write("250 2.0.0 At last\r\n");
  expect(await client.reply()).toBe("250 2.0.0 At last");

  const unheard = await connect(relay);
  await relay.waitForFault("connect");
  relay.connections[1]?.write("220 unheard.test ESMTP");
  expect(await unheard.reply()).toBe("220 unheard.test ESMTP");
  expect(relay.connections[1]?.transcript).toEqual([
    { direction: "server", text: "220 unheard.test ESMTP", encrypted: false },
  ]);
});

describe("life", () => {
  test("two relays side by side share nothing but the authority", async () => {
    const [one, two] = await Promise.all([start(), start({ users: { other: "other-password" } })]);
    expect(one.port).not.toBe(two.port);
    expect(one.certificateAuthority).toBe(two.certificateAuthority);
    await Promise.all([
      login(one).then((client) => sendMessage(client)),
      connect(two).then((client) => client.reply()),
    ]);
    expect([one.messages.length, two.messages.length]).toEqual([1, 0]);
    await one.close();
    expect(two.openConnectionCount).toBe(1);
  });

  test("close destroys connections in every state, frees the port and can be called twice", async () => {
    const relay = await startSandboxRelay({ faults: [{ at: "tls-handshake", do: { stall: true } }] });
    const idle = await connect(relay);
    await idle.reply();
    const handshaking = await connect(relay);
    await handshaking.reply();
    await handshaking.command("STARTTLS");
    const handshake = handshaking.startTls().catch(() => "failed");
    await relay.waitForFault("tls-handshake");
    const never = relay.waitForMessages(1).catch((error: Error) => error.message);

    await Promise.all([relay.close(), relay.close()]);
    await relay.close();
    expect(relay.openConnectionCount).toBe(0);
    expect(await handshake).toBe("failed");
    await idle.over;
    expect(await never).toBe("The sandbox relay was closed.");
    const taken = createServer();
    await new Promise<void>((resolve, reject) => {
      taken.once("error", reject).listen(relay.port, relay.host, resolve);
    });
    await new Promise((resolve) => taken.close(resolve));
  });

  test("nothing of it is left in the process, whatever state it was in", async () => {
    const held = (kind: RegExp) => process.getActiveResourcesInfo().filter((held) => kind.test(held));
    const timersBefore = held(/^Timeout/).length;
    const relay = await startSandboxRelay({
      faults: [
        { at: "data", do: { delayMs: 60_000 } },
        { at: "rset", do: { stall: true } },
        { at: "noop", do: { trickle: { everyMs: 60_000, bytes: 1 } } },
      ],
    });
    const clients = await Promise.all(["DATA", "RSET", "NOOP"].map(() => login(relay)));
    for (const [index, line] of ["DATA", "RSET", "NOOP"].entries()) clients[index]?.send(`${line}\r\n`);
    await Promise.all((["data", "rset", "noop"] as const).map((at) => relay.waitForFault(at)));
    await relay.close();
    for (const client of clients) client.close();
    await expect.poll(() => held(/^TCP/)).toEqual([]);
    // Fewer is fine: a timer of the test runner may have ended meanwhile.
    expect(held(/^Timeout/).length).toBeLessThanOrEqual(timersBefore);
  });

  test("nothing of a connection is left that stalled only after its client had gone", async () => {
    const relay = await start({ faults: [{ at: "noop", do: { stall: true, delayMs: 60_000 } }] });
    const client = await login(relay);
    // More than the server reads ahead, so that it cannot see the end of the stream.
    client.send("NOOP\r\n".repeat(50_000));
    await relay.waitForFault("noop");
    client.close();
    await relay.waitForNoConnections();
    const held = () => process.getActiveResourcesInfo();
    await expect.poll(held, { timeout: 4000 }).not.toContain("TCPSocketWrap");
  });

  test("fifty clients at once", async () => {
    const relay = await start();
    const send = async (index: number) => sendMessage(await login(relay), `Subject: ${index}\r\n\r\n`);
    await Promise.all(Array.from({ length: 50 }, (_, index) => send(index)));
    const subjects = relay.messages.map(({ parsed }) => Number(parsed.subject));
    expect(subjects.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(new Set(relay.messages.map(({ id }) => id)).size).toBe(50);
    expect(relay.openConnectionCount).toBe(50);
  });

  test("await using closes it", async () => {
    let port = 0;
    {
      await using relay = await startSandboxRelay();
      port = relay.port;
    }
    await expect(
      new Promise((resolve, reject) => {
        connectSocket(port, "127.0.0.1").once("connect", resolve).once("error", reject);
      }),
    ).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("a taken port rejects", async () => {
    const relay = await start();
    await expect(startSandboxRelay({ port: relay.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    const listeners = () => process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap");
    // The relay's own two.
    await expect.poll(listeners).toHaveLength(2);
  });

  test("closedPort refuses connections", async () => {
    const port = await closedPort();
    await expect(
      new Promise((resolve, reject) => {
        connectSocket(port, "127.0.0.1").once("connect", resolve).once("error", reject);
      }),
    ).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("waiting says what did not come", async () => {
    const relay = await start();
    await expect(relay.waitForMessages(2, { timeoutMs: 1 })).rejects.toThrow(
      "Expected 2 messages, 0 came (waited 1 ms)",
    );
    await expect(relay.waitForConnections(1, { timeoutMs: 1 })).rejects.toThrow(
      "Expected 1 connections, 0 came",
    );
    await connect(relay);
    expect(await relay.waitForConnections(1)).toHaveLength(1);
    await expect(relay.waitForNoConnections({ timeoutMs: 1 })).rejects.toThrow("1 are open");
    await expect(relay.waitForFault("auth", { timeoutMs: 1 })).rejects.toThrow(
      'Expected the fault at "auth" to be met 1 times, it was 0 times',
    );
  });

  test.each([
    ["a host beyond loopback", { host: "0.0.0.0" as "127.0.0.1" }, "127.0.0.1 or ::1 only"],
    ["starttls without starttls", { tls: "implicit", starttls: "refused" } as const, 'needs tls: "starttls"'],
    [
      "clear AUTH that is not offered",
      { authentication: "not_offered", authenticationInClear: true } as const,
      "contradicts",
    ],
    ["a refusal that accepts", { rejectRecipients: { "a@example.test": "250 OK" } }, "4xx or 5xx"],
    [
      "a fault that cannot happen",
      { faults: [{ at: "connect", do: { reply: "421 x" } }] } as const,
      "cannot reply",
    ],
  ])("%s is a TypeError", async (_name, options, message) => {
    const attempt = startSandboxRelay(options);
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toBeInstanceOf(TypeError);
    await expect.poll(() => process.getActiveResourcesInfo()).not.toContain("TCPServerWrap");
  });
});
