import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { describe, expect, test } from "vitest";
import { sendgridWebhook } from "./sendgrid-webhook.js";

const timeHeader = "X-Twilio-Email-Event-Webhook-Timestamp";
const signatureHeader = "X-Twilio-Email-Event-Webhook-Signature";

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const createKeyPair = (): KeyPair => generateKeyPairSync("ec", { namedCurve: "P-256" });
const toText = ({ publicKey }: KeyPair) =>
  publicKey.export({ type: "spki", format: "der" }).toString("base64");
const body = '[{"event":"delivered","sg_event_id":"e-1","email":"kim@example.net","timestamp":1931058367}]';

function post(octets: Uint8Array, { privateKey }: KeyPair, signedAt: Date) {
  const time = String(Math.floor(signedAt.getTime() / 1000));
  const signature = sign("sha256", Buffer.concat([Buffer.from(time), octets]), privateKey);
  return {
    headers: [
      [timeHeader, time],
      [signatureHeader, signature.toString("base64")],
    ] as const,
    body: octets,
  };
}

describe("the kit", () => {
  const checks = webhookConformance({
    adapter: sendgridWebhook,
    body,
    sign: post,
    secrets: [createKeyPair(), createKeyPair(), createKeyPair()],
    toConfig: (live) => ({ public_keys: live.map(toText) }),
    proofHeaders: [timeHeader, signatureHeader],
    bindsBody: true,
    toleranceSeconds: 86_400,
  });
  test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());
});

describe("other spellings of a right signature are refused", () => {
  const pair = createKeyPair();
  const signedAt = new Date("2031-03-12T16:06:07.000Z");
  const octets = Buffer.from(body);
  const der = () => Buffer.from(post(octets, pair, signedAt).headers[1][1], "base64");
  const verify = (signature: Buffer) =>
    sendgridWebhook.verify(
      {
        method: "POST",
        url: "https://example.com/",
        headers: [
          [timeHeader, "1931097967"],
          [signatureHeader, signature.toString("base64")],
        ],
        body: octets,
      },
      { config: { public_keys: [toText(pair)] }, now: signedAt, fetch },
    );
  /** Both numbers without the zero in front. */
  const numbers = (signature: Buffer) => {
    const length = signature[3] ?? 0;
    return [signature.subarray(4, 4 + length), signature.subarray(6 + length)] as const;
  };
  const integer = (octetsOf: Buffer, length = [octetsOf.length]) =>
    Buffer.concat([Buffer.from([2, ...length]), octetsOf]);
  const sequence = (...parts: Buffer[]) => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([0x30, content.length]), content]);
  };
  const zero = Buffer.from([0]);
  const order = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  const toBigInt = (value: Buffer) => BigInt(`0x${value.toString("hex")}`);
  const toInteger = (value: bigint) => {
    const digits = value.toString(16);
    const hex = digits.padStart(digits.length + (digits.length % 2), "0");
    const magnitude = Buffer.from(hex, "hex");
    return integer((magnitude[0] ?? 0) >= 0x80 ? Buffer.concat([zero, magnitude]) : magnitude);
  };

  test("the right one passes", async () => {
    await expect(verify(der())).resolves.toMatchObject({ proof: "signature" });
  });

  const forgeries: readonly [string, (signature: Buffer) => Buffer][] = [
    ["an octet behind", (it) => Buffer.concat([it, zero])],
    ["an octet too few", (it) => it.subarray(0, -1)],
    [
      "a needless zero in front of r",
      (it) => sequence(integer(Buffer.concat([zero, zero, numbers(it)[0]])), integer(numbers(it)[1])),
    ],
    ["a long form of a length", (it) => Buffer.concat([Buffer.from([0x30, 0x81]), it.subarray(1)])],
    ["an indefinite length", (it) => Buffer.concat([Buffer.from([0x30, 0x80]), it.subarray(2), zero, zero])],
    ["a third number", (it) => sequence(it.subarray(2), integer(Buffer.from([1])))],
    ["r is zero", (it) => sequence(integer(zero), integer(numbers(it)[1]))],
    ["s is zero", (it) => sequence(integer(numbers(it)[0]), integer(zero))],
    ["no numbers", () => sequence()],
    [
      "r plus the order",
      (it) => sequence(toInteger(toBigInt(numbers(it)[0]) + order), integer(numbers(it)[1])),
    ],
    [
      "a negative r",
      (it) =>
        sequence(
          integer(Buffer.concat([Buffer.from([0xff]), numbers(it)[0].subarray(1)])),
          integer(numbers(it)[1]),
        ),
    ],
    [
      "both numbers in fixed length, as Web Crypto has them",
      (it) => Buffer.concat(numbers(it).map((n) => Buffer.concat([Buffer.alloc(32), n]).subarray(-32))),
    ],
    ["another tag", (it) => Buffer.concat([Buffer.from([0x31]), it.subarray(1)])],
  ];
  test.each(forgeries)("%s", async (_name, forge) => {
    await expect(verify(forge(der()))).rejects.toMatchObject({ name: "WebhookError" });
  });

  test("the twin with the other s is as valid a signature, and is the same request", async () => {
    const one = der();
    const [r, s] = numbers(one);
    const twin = sequence(integer(r), toInteger(order - toBigInt(s)));
    expect(twin).not.toEqual(one);
    const keys = await Promise.all([one, twin, der()].map(async (it) => (await verify(it)).replayKey));
    expect(keys[0]).toMatch(/^sendgrid:[\da-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
    // Signed once more, it is another request: its events are known by their ids.
    expect(keys[2]).not.toBe(keys[0]);
  });
});

test.each([
  ["no key", []],
  ["no base64", ["-"]],
  [
    "a key of another curve",
    [
      generateKeyPairSync("ec", { namedCurve: "P-384" })
        .publicKey.export({ type: "spki", format: "der" })
        .toString("base64"),
    ],
  ],
])("%s is misconfigured", async (_name, public_keys) => {
  const { headers, body: octets } = post(
    Buffer.from(body),
    createKeyPair(),
    new Date("2031-03-12T16:06:07.000Z"),
  );
  const request = { method: "POST", url: "https://example.com/", headers, body: octets };
  const options = { config: { public_keys }, now: new Date("2031-03-12T16:06:07.000Z"), fetch };
  await expect(sendgridWebhook.verify(request, options)).rejects.toMatchObject({ reason: "misconfigured" });
});

test("a key may be PEM", async () => {
  const pair = createKeyPair();
  const now = new Date("2031-03-12T16:06:07.000Z");
  const { headers, body: octets } = post(Buffer.from(body), pair, now);
  const pem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  const request = { method: "POST", url: "https://example.com/", headers, body: octets };
  await expect(
    sendgridWebhook.verify(request, { config: { public_keys: [pem] }, now, fetch }),
  ).resolves.toMatchObject({
    signedAt: now,
  });
});
