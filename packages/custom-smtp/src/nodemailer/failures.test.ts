import type { Fault, SandboxRelayOptions } from "@getfluxly/email-conformance/sandbox-relay";
import { EmailError, isEmailError, type ManagedProvider, toFailure } from "@getfluxly/email-core";
import nodemailer from "nodemailer";
import { describe, expect, test } from "vitest";
import { hello, openBridge } from "./__fixtures__/open-bridge.js";
import { type NodemailerEmailError, toNodemailerTransport } from "./index.js";

async function failureWith(relay: SandboxRelayOptions, password?: string): Promise<NodemailerEmailError> {
  await using bridge = await openBridge({ relay, ...(password && { password }) });
  const error: unknown = await bridge.transporter.sendMail(hello).catch((reason: unknown) => reason);
  if (!isEmailError(error)) throw new Error(`no EmailError but ${error}`);
  return error;
}

const fault = (at: Fault["at"], reply: string): SandboxRelayOptions => ({ faults: [{ at, do: { reply } }] });

test.each<[string, SandboxRelayOptions, object]>([
  [
    "a refused sender",
    { rejectSenders: { "shop@example.org": "550 5.7.1 Not yours" } },
    { code: "sender-refused", command: "MAIL FROM", responseCode: 550, response: "550 5.7.1 Not yours" },
  ],
  [
    "a message refused for now",
    fault("end-of-data", "451 4.3.0 Try later"),
    { code: "relay-deferred", retryable: true, command: "DATA", responseCode: 451 },
  ],
  [
    "a message refused for ever",
    fault("end-of-data", "554 5.6.0 Spam"),
    { code: "message-refused", retryable: false, command: "DATA", response: "554 5.6.0 Spam" },
  ],
  [
    "a relay that is busy",
    fault("greeting", "421 4.3.2 Busy"),
    { code: "relay-unavailable", retryable: true, command: "CONN", responseCode: 421 },
  ],
])("%s has our fields and nodemailer's", async (_name, relay, expected) => {
  expect(await failureWith(relay)).toMatchObject({ certainty: "not_sent", ...expected });
});

test("a wrong password", async () => {
  const error = await failureWith({}, "wrong");
  expect(error).toMatchObject({ code: "authentication-failed", command: "AUTH", responseCode: 535 });
});

test.each([
  ["before the final dot: not sent", { at: "data", do: { drop: "before" } }, "connection-lost", "not_sent"],
  [
    "after the final dot: unknown",
    { at: "end-of-data", do: { drop: "after" } },
    "outcome-unknown",
    "unknown",
  ],
] as const)("a connection lost %s", async (_name, drop, code, certainty) => {
  const error = await failureWith({ faults: [{ ...drop }] });
  expect(error).toMatchObject({ code, certainty, command: "DATA" });
  expect(error.responseCode).toBeUndefined();
  expect(error.retryable).toBe(certainty === "not_sent");
});

describe("refused recipients", () => {
  const relay = { rejectRecipients: { "nobody@example.com": "550 5.1.1 No such user" } };
  const no = {
    code: "recipients-refused",
    command: "RCPT TO",
    recipient: "nobody@example.com",
    permanent: true,
    responseCode: 550,
    response: "550 5.1.1 No such user",
  };

  test("of several are in the result", async () => {
    await using bridge = await openBridge({ relay });
    const mail = { ...hello, to: ["anna@example.com", "nobody@example.com"] };
    const info = await bridge.transporter.sendMail(mail);
    expect(info).toMatchObject({
      envelope: { from: "shop@example.org", to: ["anna@example.com", "nobody@example.com"] },
      accepted: ["anna@example.com"],
      rejected: ["nobody@example.com"],
      rejectedErrors: [no],
      response: expect.stringMatching(/^250 /),
      receipt: { rejected: [{ address: "nobody@example.com", permanent: true }] },
    });
    expect(info.rejectedErrors?.[0]).toBeInstanceOf(Error);
    expect(info.messageId).toBe(`<${info.receipt.messageId}>`);
  });

  test("where there are no others are in the error, ours and as nodemailer has them", async () => {
    await using bridge = await openBridge({ relay });
    const error = await bridge.transporter
      .sendMail({ ...hello, to: "nobody@example.com" })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "recipients-refused",
      actor: "recipient",
      responseCode: 550,
      command: "RCPT TO",
      rejected: [{ address: "nobody@example.com", permanent: true }],
      rejectedErrors: [no],
    });
  });

  test("are no part of a result without them", async () => {
    await using bridge = await openBridge();
    expect(await bridge.transporter.sendMail(hello)).not.toHaveProperty("rejectedErrors");
  });
});

test("what crosses a queue is the failure alone", async () => {
  const error = await failureWith(fault("mail-from", "451 4.3.0 Try later"));
  expect(Object.keys(toFailure(error)).sort()).toEqual(
    "actor certainty code message name remedy reply retryable stage".split(" "),
  );
});

describe("a provider that breaks its contract", () => {
  const provider = (send: ManagedProvider["send"]): ManagedProvider => ({
    providerId: "own",
    sender: { from_email: "shop@example.org" },
    capabilities: { batch: false, tags: false, metadata: false, idempotencyKey: false },
    verify: () => Promise.reject(new Error("no")),
    send,
    sendBatch: () => {
      throw new Error("no");
    },
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  });

  test("may have sent the message", async () => {
    const cause = new Error("no");
    const transporter = nodemailer.createTransport(
      toNodemailerTransport(provider(() => Promise.reject(cause))),
    );
    const error = await transporter.sendMail(hello).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "provider-failed", certainty: "unknown", cause });
    await expect(transporter.verify()).rejects.toMatchObject({
      code: "provider-failed",
      certainty: "not_sent",
    });
  });

  test("and an error that cannot be written to is passed on as it is", async () => {
    const frozen = Object.freeze(new EmailError({ code: "aborted", stage: "rcpt-to", message: "x" }));
    const transporter = nodemailer.createTransport(
      toNodemailerTransport(provider(() => Promise.reject(frozen))),
    );
    await expect(transporter.sendMail(hello)).rejects.toBe(frozen);
  });
});
