import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyStandardWebhook } from "./verify-standard-webhook.js";

const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const other = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
const signedSeconds = 1_931_058_367;
const body = Buffer.from('{"type":"email.delivered","subject":"Gr\u00fc\u00dfe"}\r\n');

const toSignature = (key: string, id: string, time: string | number, octets: Uint8Array = body) =>
  createHmac("sha256", Buffer.from(key.slice(6), "base64"))
    .update(`${id}.${time}.`)
    .update(octets)
    .digest("base64");

const right = `v1,${toSignature(secret, "msg_1", signedSeconds)}`;

function verify({
  headers = {},
  octets = body,
  secrets = [secret],
  lateSeconds = 0,
  prefix = "svix",
}: {
  headers?: Record<string, string | undefined>;
  octets?: Uint8Array;
  secrets?: string[];
  lateSeconds?: number;
  prefix?: string;
} = {}) {
  const all = { id: "msg_1", timestamp: String(signedSeconds), signature: right, ...headers };
  const pairs = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[`${prefix}-${name}`, value]],
  );
  return verifyStandardWebhook(
    { method: "POST", url: "https://example.com/", headers: pairs, body: octets },
    { relay: "acme", secrets, now: new Date((signedSeconds + lateSeconds) * 1000) },
  );
}

describe("authentic", () => {
  const proven = { proof: "signature", signedAt: new Date(signedSeconds * 1000), replayKey: "acme:msg_1" };
  test.each<[string, Parameters<typeof verify>[0]]>([
    ["as Svix names the headers", {}],
    ["as Standard Webhooks names them", { prefix: "webhook" }],
    ["in any case of letters", { prefix: "SVIX" }],
    ["with a secret without prefix", { secrets: [secret.slice(6)] }],
    ["with the second of two live secrets", { secrets: [other, secret] }],
    ["at the end of the window", { lateSeconds: 300 }],
    ["at its beginning", { lateSeconds: -300 }],
    [
      "among signatures of other secrets and versions",
      { headers: { signature: `v1a,AAAA v1,${toSignature(other, "msg_1", signedSeconds)} ${right} v2,x` } },
    ],
  ])("%s", async (_name, options) => {
    expect(await verify(options)).toEqual(proven);
  });
});

describe("refused", () => {
  const flipped = Buffer.from(body);
  flipped[3] = (flipped[3] ?? 0) ^ 1;
  const sign = (id: string, time: string) => ({
    id,
    timestamp: time,
    signature: `v1,${toSignature(secret, id, time)}`,
  });
  const text = right.slice(3);
  const oneBit = `v1,${text.startsWith("A") ? "B" : "A"}${text.slice(1)}`;
  test.each<[string, Parameters<typeof verify>[0], string]>([
    ["another body", { octets: flipped }, "mismatch"],
    ["a body with one octet more", { octets: Buffer.concat([body, Buffer.of(10)]) }, "mismatch"],
    ["another signature", { headers: { signature: oneBit } }, "mismatch"],
    ["another id", { headers: { id: "msg_2" } }, "mismatch"],
    ["another time", { headers: { timestamp: String(signedSeconds + 1) } }, "mismatch"],
    ["another secret", { secrets: [other] }, "mismatch"],
    ["the signature of another version", { headers: { signature: right.replace("v1", "v2") } }, "mismatch"],
    ["a signature without version", { headers: { signature: text } }, "mismatch"],
    ["a signature of no octets", { headers: { signature: "v1," } }, "mismatch"],
    ["a signature cut short", { headers: { signature: right.slice(0, -4) } }, "mismatch"],
    ["too old", { lateSeconds: 301 }, "stale"],
    ["too new", { lateSeconds: -301 }, "stale"],
    ["no id", { headers: { id: undefined } }, "missing"],
    ["no time", { headers: { timestamp: undefined } }, "missing"],
    ["no signature", { headers: { signature: undefined } }, "missing"],
    ["an empty signature", { headers: { signature: "" } }, "missing"],
    ["an id with a dot", { headers: sign("msg.1", String(signedSeconds)) }, "malformed"],
    ["a time with letters", { headers: sign("msg_1", `${signedSeconds}abc`) }, "malformed"],
    ["eleven signatures", { headers: { signature: `${"v1,x ".repeat(10)}${right}` } }, "malformed"],
    ["no secret", { secrets: [] }, "misconfigured"],
    ["an empty secret", { secrets: ["whsec_"] }, "misconfigured"],
    ["a secret of 23 octets", { secrets: [Buffer.alloc(23).toString("base64")] }, "misconfigured"],
    ["a secret that is no base64", { secrets: [secret, "not base64!"] }, "misconfigured"],
  ])("%s", async (_name, options, reason) => {
    await expect(verify(options)).rejects.toMatchObject({ name: "WebhookError", reason });
  });

  test("a header that is there twice", async () => {
    const headers: [string, string][] = [
      ["svix-id", "msg_1"],
      ["svix-timestamp", String(signedSeconds)],
      ["svix-signature", right],
      ["Svix-Signature", right],
    ];
    await expect(
      verifyStandardWebhook(
        { method: "POST", url: "https://example.com/", headers, body },
        { relay: "acme", secrets: [secret], now: new Date(signedSeconds * 1000) },
      ),
    ).rejects.toMatchObject({ reason: "malformed" });
  });
});
