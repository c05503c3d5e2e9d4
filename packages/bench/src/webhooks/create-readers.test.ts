import { expect, test } from "vitest";
import { createReaders } from "./create-readers.js";
import { createSignedBatch } from "./create-signed-batch.js";

const batch = createSignedBatch(20);

test("each makes of a batch what it can", async () => {
  const counts = await Promise.all(
    createReaders(batch).map(async ({ name, read }) => [name, await read()] as const),
  );
  expect(Object.fromEntries(counts)).toEqual({
    "JSON.parse alone": 20,
    "ours: verify and parse": 20,
    "ours: verify alone": 0,
    // It has no word for `processed` and `deferred`, which are six of these.
    "@sendgrid/eventwebhook and @novu/sendgrid": 14,
    "@novu/sendgrid alone, unverified": 14,
  });
});

test("who verifies refuses a batch that was changed", async () => {
  const body = Uint8Array.from(batch.body);
  body[body.length - 1] = 0x20;
  const verifying = createReaders({ ...batch, body }).filter(({ name }) => /verify|eventwebhook/.test(name));
  expect(verifying).toHaveLength(3);
  for (const { read } of verifying) await expect(read()).rejects.toThrow();
});
