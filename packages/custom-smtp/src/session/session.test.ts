import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { deliver, failureOf } from "../__fixtures__/deliver.js";
import { type Answer, startScriptedRelay, usualAnswers } from "../__fixtures__/scripted-relay.js";

const drop: Answer = (socket: Socket) => socket.destroy();
const closing: Answer = (socket) => socket.end("421 4.3.2 Closing\r\n");
const withoutPipelining = "250-relay.test\r\n250 8BITMIME\r\n";
const relayWith = (overrides: Record<string, Answer> = {}, greeting?: Answer) =>
  startScriptedRelay({ greeting, answer: usualAnswers(overrides) });

const dataCommandsIn = (received: string) => received.split("DATA\r\n").length - 1;
const commandsOf = (received: string) => received.split("\r\n").slice(0, -1);

describe("a delivery", () => {
  test("is EHLO, then one pipelined envelope, then the content, then QUIT", async () => {
    await using relay = await relayWith();
    const sent = await deliver({ port: relay.port, to: ["anna@example.com", "bert@example.com"] });
    expect(sent.accepted).toEqual(["anna@example.com", "bert@example.com"]);
    expect(sent.reply.lines).toEqual(["2.0.0 Ok: queued as TEST1"]);
    expect(commandsOf(relay.received())).toEqual([
      "EHLO client.test",
      "MAIL FROM:<sender@example.com> SIZE=24",
      "RCPT TO:<anna@example.com>",
      "RCPT TO:<bert@example.com>",
      "DATA",
      "Subject: test",
      "",
      "Hello",
      ".",
      "QUIT",
    ]);
    await relay.allClosed();
  });

  test("waits for each answer where PIPELINING is not announced", async () => {
    const order: string[] = [];
    const usual = usualAnswers({ EHLO: withoutPipelining });
    await using relay = await startScriptedRelay({
      answer: (line, state) => {
        order.push(line);
        const reply = usual(line, state);
        if (typeof reply !== "string") return reply;
        return (socket) => {
          setImmediate(() => {
            order.push("answered");
            socket.write(reply);
          });
        };
      },
    });
    await deliver({ port: relay.port });
    const mail = order.indexOf("MAIL FROM:<sender@example.com>");
    expect(order.slice(mail, mail + 6)).toEqual([
      "MAIL FROM:<sender@example.com>",
      "answered",
      "RCPT TO:<anna@example.com>",
      "answered",
      "DATA",
      "answered",
    ]);
  });

  test("goes on with the recipients that were accepted, 251 included", async () => {
    let asked = 0;
    const replies = ["550 5.1.1 No such user\r\n", "251 2.1.5 Will forward\r\n", "450 4.2.1 Busy\r\n"];
    await using relay = await relayWith({ RCPT: (socket) => socket.write(replies[asked++] ?? "") });
    const sent = await deliver({ port: relay.port, to: ["a@example.com", "b@example.com", "c@example.com"] });
    expect(sent.accepted).toEqual(["b@example.com"]);
    expect(sent.rejected).toEqual([
      {
        address: "a@example.com",
        permanent: true,
        reply: { code: 550, enhancedStatus: "5.1.1", text: "5.1.1 No such user" },
      },
      {
        address: "c@example.com",
        permanent: false,
        reply: { code: 450, enhancedStatus: "4.2.1", text: "4.2.1 Busy" },
      },
    ]);
  });

  test("falls back to HELO only for a server that knows no EHLO, without a login", async () => {
    await using relay = await relayWith({ EHLO: "502 5.5.1 What?\r\n", HELO: "250 relay.test\r\n" });
    await deliver({ port: relay.port });
    expect(commandsOf(relay.received()).slice(0, 3)).toEqual([
      "EHLO client.test",
      "HELO client.test",
      "MAIL FROM:<sender@example.com>",
    ]);
    const credentials = { username: "u", password: "p" };
    expect(await failureOf(deliver({ port: relay.port, credentials }))).toMatchObject({
      code: "relay-refused",
      stage: "ehlo",
    });
  });
});

describe("a connection that dies", () => {
  const afterDot = "end-of-data";
  test.each<[string, Record<string, Answer>, Answer | undefined, string, string]>([
    ["before the greeting", {}, drop, "greeting", "not_sent"],
    ["at EHLO", { EHLO: drop }, undefined, "ehlo", "not_sent"],
    ["at MAIL", { MAIL: drop }, undefined, "mail-from", "not_sent"],
    ["at RCPT", { RCPT: drop }, undefined, "rcpt-to", "not_sent"],
    ["at DATA", { DATA: drop }, undefined, "data", "not_sent"],
    ["after the final dot", { ".": drop }, undefined, afterDot, "unknown"],
  ])(
    "%s: stage and certainty are right, with and without pipelining",
    async (_name, answers, greeting, stage, certainty) => {
      for (const EHLO of [undefined, withoutPipelining]) {
        await using relay = await relayWith({ ...(EHLO && { EHLO }), ...answers }, greeting);
        const failure = await failureOf(deliver({ port: relay.port }));
        expect(failure).toMatchObject({
          code: stage === afterDot ? "outcome-unknown" : "connection-lost",
          stage,
          certainty,
          retryable: certainty === "not_sent",
        });
        await relay.allClosed();
        expect(dataCommandsIn(relay.received())).toBeLessThanOrEqual(1);
      }
    },
  );

  test("in the middle of the body is not sent", async () => {
    await using relay = await relayWith({ "<content>": drop });
    const text = `Subject: large\r\n\r\n${"x".repeat(70)}\r\n`.padEnd(20_000_000, "0123456789\r\n");
    const failure = await failureOf(deliver({ port: relay.port, text }));
    expect(failure).toMatchObject({ code: "connection-lost", stage: "body", certainty: "not_sent" });
  });

  test("before it is made", async () => {
    const port = await (async () => {
      await using relay = await relayWith();
      return relay.port;
    })();
    const failure = await failureOf(deliver({ port }));
    expect(failure).toMatchObject({
      code: "connection-failed",
      stage: "tcp",
      certainty: "not_sent",
      retryable: true,
    });
  });
});

describe("a refusal", () => {
  test.each<[string, Record<string, Answer>, string, string, boolean]>([
    ["421 at EHLO", { EHLO: "421 4.3.2 Closing\r\n" }, "relay-unavailable", "ehlo", true],
    [
      "530 at MAIL",
      { MAIL: "530 5.7.0 Authenticate first\r\n" },
      "authentication-required",
      "mail-from",
      false,
    ],
    ["553 at MAIL", { MAIL: "553 5.7.1 Not your address\r\n" }, "sender-refused", "mail-from", false],
    ["452 at MAIL", { MAIL: "452 4.3.1 Full\r\n" }, "relay-deferred", "mail-from", true],
    ["503 at MAIL", { MAIL: "503 5.5.1 Out of order\r\n" }, "relay-deferred", "mail-from", true],
    [
      "550 at RCPT",
      { RCPT: "550 5.1.1 Unknown\r\n", DATA: "503 5.5.1 No recipients\r\n" },
      "recipients-refused",
      "rcpt-to",
      false,
    ],
    [
      "450 at RCPT",
      { RCPT: "450 4.2.0 Greylisted\r\n", DATA: "503 5.5.1 No recipients\r\n" },
      "recipients-refused",
      "rcpt-to",
      true,
    ],
    [
      "503 at RCPT",
      { RCPT: "503 5.5.1 Out of order\r\n", DATA: "503 5.5.1 No recipients\r\n" },
      "recipients-refused",
      "rcpt-to",
      true,
    ],
    ["421 at RCPT", { RCPT: closing }, "relay-unavailable", "rcpt-to", true],
    ["421 at DATA", { DATA: closing }, "relay-unavailable", "data", true],
    ["503 at DATA", { DATA: "503 5.5.1 Out of order\r\n" }, "relay-deferred", "data", true],
    ["554 at DATA", { DATA: "554 5.5.1 No\r\n" }, "message-refused", "data", false],
    ["550 after the dot", { ".": "550 5.7.1 Spam\r\n" }, "message-refused", "end-of-data", false],
    ["552 after the dot", { ".": "552 5.3.4 Too large\r\n" }, "message-too-large", "end-of-data", false],
    ["451 after the dot", { ".": "451 4.3.0 Later\r\n" }, "relay-deferred", "end-of-data", true],
    ["421 after the dot", { ".": "421 4.3.2 Closing\r\n" }, "relay-unavailable", "end-of-data", true],
  ])("%s is %s, and nothing was sent", async (_name, answers, code, stage, retryable) => {
    for (const EHLO of [undefined, withoutPipelining]) {
      await using relay = await relayWith({ ...(EHLO && { EHLO }), ...answers });
      const failure = await failureOf(deliver({ port: relay.port }));
      expect(failure).toMatchObject({ code, stage, retryable, certainty: "not_sent" });
      expect(failure.reply?.code).toBe(Number(_name.slice(0, 3)));
      await relay.allClosed();
      expect(dataCommandsIn(relay.received())).toBeLessThanOrEqual(1);
    }
  });

  test("503 of one recipient is about the connection: it may be tried again", async () => {
    let asked = 0;
    const replies = ["503 5.5.1 Out of order\r\n", "250 2.1.5 Ok\r\n"];
    await using relay = await relayWith({ RCPT: (socket) => socket.write(replies[asked++] ?? "") });
    const sent = await deliver({ port: relay.port, to: ["a@example.com", "b@example.com"] });
    expect(sent.rejected).toMatchObject([{ address: "a@example.com", permanent: false }]);
  });

  test("is repeated as one printable line of bounded length", async () => {
    const words = `a\x1b[31m\0\tb\u202ec\u2028d`;
    const RCPT = `550-5.1.1 ${words}\r\n550 5.1.1 ${words}${"x".repeat(3_000)}\r\n`;
    const reply: Answer = (socket) => socket.write(Buffer.from(RCPT));
    await using relay = await relayWith({ RCPT: reply, DATA: "503 5.5.1 No recipients\r\n" });
    const failure = await failureOf(deliver({ port: relay.port }));
    const texts = [failure.message, failure.reply?.text, failure.rejected?.[0]?.reply?.text];
    for (const said of texts) {
      expect(said).toContain("[31m b c d");
      expect(said).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
    expect(failure.reply?.text.length).toBeLessThanOrEqual(1_001);
  });

  test("of every recipient, with 354 all the same, sends no content", async () => {
    await using relay = await relayWith({ RCPT: "550 5.1.1 Unknown\r\n" });
    const failure = await failureOf(deliver({ port: relay.port }));
    expect(failure).toMatchObject({ code: "recipients-refused", certainty: "not_sent", actor: "recipient" });
    await relay.allClosed();
    expect(commandsOf(relay.received()).at(-1)).toBe("DATA");
  });

  test("in the middle of the body is the relay's answer, not a lost connection", async () => {
    let said = false;
    const interject: Answer = (socket) => {
      if (!said) socket.end("552 5.3.4 That is enough\r\n");
      said = true;
    };
    await using relay = await relayWith({ "<content>": interject });
    const text = "Subject: large\r\n\r\n".padEnd(20_000_000, "0123456789\r\n");
    const failure = await failureOf(deliver({ port: relay.port, text }));
    expect(failure).toMatchObject({ code: "message-too-large", stage: "body", certainty: "not_sent" });
  });

  test("for size is ours, before anything is said about the message", async () => {
    await using relay = await relayWith({ EHLO: "250-relay.test\r\n250 SIZE 20\r\n" });
    const failure = await failureOf(deliver({ port: relay.port }));
    expect(failure).toMatchObject({ code: "message-too-large", stage: "mail-from" });
    expect(commandsOf(relay.received())).toEqual(["EHLO client.test", "QUIT"]);
  });
});

describe("what the relay announces", () => {
  const announcing = (...keywords: string[]) =>
    relayWith({
      EHLO: ["relay.test", ...keywords]
        .map((line, index) => `250${index === keywords.length ? " " : "-"}${line}\r\n`)
        .join(""),
    });
  const mailOf = (received: string) => commandsOf(received).find((line) => line.startsWith("MAIL"));

  test("decides about every parameter of MAIL: without it, there are none", async () => {
    await using bare = await announcing("PIPELINING");
    await deliver({ port: bare.port });
    expect(mailOf(bare.received())).toBe("MAIL FROM:<sender@example.com>");
    await using rich = await announcing("SIZE 1000", "DSN", "8BITMIME", "SMTPUTF8");
    await deliver({ port: rich.port });
    expect(mailOf(rich.received())).toBe(
      "MAIL FROM:<sender@example.com> SIZE=24 ENVID=01ARZ3NDEKTSV4RRFFQ69G5FAV",
    );
  });

  test.each([
    ["LIMITS RCPTMAX=2", ["a@x.test", "b@x.test", "c@x.test"]],
    ["LIMITS MAILMAX=10 RCPTDOMAINMAX=1", ["a@x.test", "b@y.test"]],
  ])("bounds the recipients of one message (%s)", async (limits, to) => {
    await using relay = await announcing("PIPELINING", limits);
    expect(await failureOf(deliver({ port: relay.port, to }))).toMatchObject({
      code: "too-many-recipients",
      actor: "message",
      certainty: "not_sent",
    });
    expect(mailOf(relay.received())).toBeUndefined();
    await deliver({ port: relay.port, to: ["a@x.test", "b@X.test"] });
  });
});

describe("replies that do not belong", () => {
  test("a 250 in the same packet as 354 does not count as success, and no content leaves", async () => {
    await using relay = await relayWith({ DATA: "354 Go\r\n250 2.0.0 Ok: queued as FAKE\r\n" });
    const failure = await failureOf(deliver({ port: relay.port }));
    expect(failure).toMatchObject({ code: "protocol-violation", certainty: "not_sent" });
    await relay.allClosed();
    expect(commandsOf(relay.received()).at(-1)).toBe("DATA");
  });

  test("a 2xx to DATA is no go-ahead", async () => {
    await using relay = await relayWith({ DATA: "250 2.0.0 Ok\r\n" });
    expect(await failureOf(deliver({ port: relay.port }))).toMatchObject({
      code: "protocol-violation",
      stage: "data",
      certainty: "not_sent",
    });
    expect(relay.received()).not.toContain("Hello");
  });

  test("an extra reply behind the final one changes nothing about the message", async () => {
    await using relay = await relayWith({ ".": "250 2.0.0 Ok: queued as TEST1\r\n250 2.0.0 Ok again\r\n" });
    const sent = await deliver({ port: relay.port });
    expect(sent.reply.lines).toEqual(["2.0.0 Ok: queued as TEST1"]);
    await relay.allClosed();
  });

  test("a second greeting line before EHLO ends the connection", async () => {
    await using relay = await relayWith({}, "220 relay.test\r\n220 relay.test\r\n");
    expect(await failureOf(deliver({ port: relay.port }))).toMatchObject({
      code: "protocol-violation",
      stage: "ehlo",
    });
    expect(relay.received()).toBe("");
  });

  test("garbage after the final dot leaves the outcome open", async () => {
    await using relay = await relayWith({ ".": "banana\r\n" });
    expect(await failureOf(deliver({ port: relay.port }))).toMatchObject({
      code: "outcome-unknown",
      certainty: "unknown",
      retryable: false,
    });
  });

  test("another protocol's banner is not repeated", async () => {
    await using relay = await relayWith({}, "SSH-2.0-OpenSSH_9.6\r\n");
    const failure = await failureOf(deliver({ port: relay.port }));
    expect(failure).toMatchObject({ code: "protocol-violation", stage: "greeting" });
    expect(JSON.stringify(failure)).not.toContain("SSH");
  });
});

describe("an abort", () => {
  const silence: Answer = () => undefined;
  test.each<[string, Record<string, Answer>, Answer | undefined, string]>([
    ["greeting", {}, silence, ""],
    ["ehlo", { EHLO: silence }, undefined, "EHLO"],
    ["mail-from", { MAIL: silence }, undefined, "MAIL"],
    ["rcpt-to", { RCPT: silence }, undefined, "RCPT"],
    ["data", { DATA: silence }, undefined, "DATA"],
    ["end-of-data", { ".": silence }, undefined, "\r\n.\r\n"],
  ])("while waiting at %s settles and closes the socket", async (stage, answers, greeting, marker) => {
    await using relay = await relayWith({ EHLO: withoutPipelining, ...answers }, greeting);
    const controller = new AbortController();
    const reason = new Error("the user left");
    const failure = failureOf(deliver({ port: relay.port, signal: controller.signal }));
    await expect
      .poll(() => relay.connections() === 1 && relay.received().includes(marker), { interval: 2 })
      .toBe(true);
    controller.abort(reason);
    expect(await failure).toMatchObject({
      code: "aborted",
      stage,
      certainty: stage === "end-of-data" ? "unknown" : "not_sent",
      cause: reason,
    });
    await relay.allClosed();
  });

  test("before the start opens no socket", async () => {
    await using relay = await relayWith();
    const failure = await failureOf(deliver({ port: relay.port, signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ code: "aborted", certainty: "not_sent" });
    expect(relay.connections()).toBe(0);
  });

  test("while the handover is prepared sends nothing", async () => {
    await using relay = await relayWith();
    const controller = new AbortController();
    const beforeHandover = () => {
      controller.abort();
      return new Promise<void>(() => undefined);
    };
    const failure = await failureOf(deliver({ port: relay.port, signal: controller.signal, beforeHandover }));
    expect(failure).toMatchObject({ code: "aborted", certainty: "not_sent" });
    await relay.allClosed();
    expect(relay.received()).not.toContain("Hello");
  });

  test("by a deadline ends a relay that trickles for ever", async () => {
    const trickle: Answer = (socket) => {
      const timer = setInterval(() => socket.write("250-more\r\n"), 5);
      socket.on("close", () => clearInterval(timer));
    };
    await using relay = await relayWith({ EHLO: trickle });
    const failure = await failureOf(deliver({ port: relay.port, signal: AbortSignal.timeout(100) }));
    expect(failure).toMatchObject({ code: "timed-out", stage: "ehlo", certainty: "not_sent" });
    await relay.allClosed();
  });
});

describe("beforeHandover", () => {
  test("runs after 354 and before the first octet of content", async () => {
    await using relay = await relayWith();
    let before = "";
    await deliver({
      port: relay.port,
      beforeHandover: async () => {
        before = relay.received();
      },
    });
    expect(before).toMatch(/DATA\r\n$/);
  });

  test("that rejects stops the message", async () => {
    await using relay = await relayWith();
    const cause = new Error("the database is down");
    const failure = await failureOf(
      deliver({ port: relay.port, beforeHandover: () => Promise.reject(cause) }),
    );
    expect(failure).toMatchObject({ code: "handover-refused", certainty: "not_sent", cause });
    await relay.allClosed();
    expect(relay.received()).toMatch(/DATA\r\n$/);
  });
});
