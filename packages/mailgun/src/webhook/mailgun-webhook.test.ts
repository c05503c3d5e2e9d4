import { createHmac } from "node:crypto";
import { webhookConformance } from "@getfluxly/email-conformance/webhooks";
import { expect, test } from "vitest";
import { mailgunWebhook } from "./mailgun-webhook.js";

const event = { event: "delivered", id: "e-1", timestamp: 1931058367.375, recipient: "kim@example.net" };
const now = new Date("2031-03-12T16:06:07.000Z");
const time = (at: Date) => String(Math.floor(at.getTime() / 1000));
const toSignature = (key: string, timestamp: string, token = "t".repeat(50)) => ({
  timestamp,
  token,
  signature: createHmac("sha256", key)
    .update(timestamp + token)
    .digest("hex"),
});
const request = (content: unknown) => ({
  method: "POST",
  url: "https://example.com/",
  headers: [],
  body: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
});
const verify = (content: unknown, keys: readonly string[] = ["key"]) =>
  mailgunWebhook.verify(request(content), { config: { signing_keys: keys }, now, fetch });

// The proof is in the body, so a body that is none of Mailgun's carries no proof: the kit's hostile bodies become events.
const checks = webhookConformance({
  adapter: mailgunWebhook,
  body: JSON.stringify(event),
  sign(body, key: string, signedAt) {
    const signature = JSON.stringify(toSignature(key, time(signedAt)));
    const text = Buffer.from(body).toString();
    const data = isJson(text) ? text : JSON.stringify(text);
    return { headers: [], body: Buffer.from(`{"signature":${signature},"event-data":${data}}`) };
  },
  secrets: ["key-a", "key-b", "key-c"],
  toConfig: (live) => ({ signing_keys: live }),
  proofHeaders: [],
  bindsBody: false,
  toleranceSeconds: 32_400,
});
test.each(checks)("$name", ({ run }) => expect(run()).resolves.toBeUndefined());

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("the proof is no more than that of a shared secret: the event is not signed", async () => {
  const signature = toSignature("key", time(now));
  const [one, other] = await Promise.all([
    verify({ signature, "event-data": event }),
    verify({ signature, "event-data": { ...event, event: "complained" } }),
  ]);
  expect(one).toEqual(other);
  expect(one).toMatchObject({ proof: "shared_secret", signedAt: now, replayableForSeconds: 64_800 });
});

const signature = toSignature("key", time(now));
const refused: readonly [string, unknown, string][] = [
  ["no JSON", "event=delivered", "missing"],
  ["no signature", { "event-data": event }, "missing"],
  ["a signature that is no object", { signature: "x" }, "missing"],
  ["a signature without a token", { signature: { ...signature, token: "" } }, "missing"],
  ["digits that are none", { signature: { ...signature, signature: "zz" } }, "malformed"],
  ["another token", { signature: { ...signature, token: "u".repeat(50) } }, "mismatch"],
  ["another time", { signature: { ...signature, timestamp: "1931097968" } }, "mismatch"],
  [
    "one bit of the signature",
    {
      signature: {
        ...signature,
        signature: signature.signature.replace(/.$/, (it) => (it === "0" ? "1" : "0")),
      },
    },
    "mismatch",
  ],
  // `12` and `3` spell the same text as `1` and `23`.
  [
    "a seam that moved",
    { signature: { ...signature, timestamp: `${signature.timestamp}t`, token: "t".repeat(49) } },
    "malformed",
  ],
];
test.each(refused)("%s is refused", async (_name, content, reason) => {
  await expect(verify(content)).rejects.toMatchObject({ reason });
});

test("a sub-account's event passes with the parent's key, over the same time and token only", async () => {
  const parent = toSignature("parent", time(now));
  const own = toSignature("own", time(now));
  await expect(verify({ signature: own, "parent-signature": parent }, ["parent"])).resolves.toBeDefined();
  const stolen = toSignature("parent", time(now), "v".repeat(50));
  await expect(verify({ signature: own, "parent-signature": stolen }, ["parent"])).rejects.toMatchObject({
    reason: "mismatch",
  });
});

test("events without an id of their own differ, and a To field cannot be made to take long", async () => {
  const read = async (part: object) => {
    const signature = toSignature("key", time(now));
    const { events } = await mailgunWebhook.parse(
      request({ signature, "event-data": { ...event, id: undefined, ...part } }),
    );
    return events[0];
  };
  const [one, other] = [await read({}), await read({ recipient: "lee@example.net" })];
  expect(one?.id).toBe((await read({}))?.id);
  expect(one?.id).not.toBe(other?.id);
  const started = performance.now();
  const to = `${'"\\'.repeat(200_000)}, <kim@example.net>`;
  expect(await read({ recipient: undefined, message: { headers: { to } } })).toMatchObject({
    recipients: [],
  });
  expect(performance.now() - started).toBeLessThan(1_000);
});
