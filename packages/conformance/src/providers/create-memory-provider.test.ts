import { createProviderRegistry, type EmailMessage, isEmailError } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { context, message, preparedMessage, sender } from "./__fixtures__/prepared-message.js";
import { createMemoryProvider } from "./index.js";

const open = async (config: { readonly label?: string } = {}) => {
  const memory = createMemoryProvider();
  const registry = createProviderRegistry({ memory: memory.definition });
  return { memory, registry, provider: await registry.open("memory", { config, sender }) };
};

describe("through the registry", () => {
  test("keeps what was prepared, and gives a receipt for it", async () => {
    const { memory, provider } = await open({ label: "test" });
    const receipt = await provider.send({ ...message, tags: ["a"], metadata: { b: "c" } });
    expect(receipt).toMatchObject({ relayMessageId: "test-1", accepted: ["to@example.test"], rejected: [] });
    expect(memory.sent).toHaveLength(1);
    expect(memory.sent[0]).toMatchObject({
      messageId: receipt.messageId,
      tags: ["a"],
      envelope: { from: "from@example.test", to: ["to@example.test"] },
    });
    memory.clear();
    expect(memory.sent).toEqual([]);
  });

  test("a batch has an outcome for each message, good or bad", async () => {
    const { memory, provider } = await open();
    const bad: EmailMessage = { ...message, to: [{ address: "not an address" }] };
    const statuses: string[] = [];
    for await (const outcome of provider.sendBatch([message, bad, message])) {
      statuses[outcome.index] = outcome.status;
    }
    expect(statuses).toEqual(["sent", "failed", "sent"]);
    expect(memory.sent).toHaveLength(2);
  });

  test("verify proves nothing and says so", async () => {
    const { provider } = await open();
    expect(await provider.verify()).toMatchObject({ authenticated: false, warnings: [expect.any(String)] });
  });

  test("the config is strict, and its form can be printed", async () => {
    const { registry } = await open();
    const attempts: [unknown, string[]][] = [
      [{ lable: "x" }, ["lable"]],
      [{ label: 1, more: true }, ["more", "label"]],
      [{ label: "" }, ["label"]],
      [[], [""]],
      [null, [""]],
    ];
    for (const [config, paths] of attempts) {
      const error = await registry
        .openDynamic("memory", { config, sender })
        .catch((reason: unknown) => reason);
      if (!isEmailError(error)) throw error;
      expect(error.code).toBe("config-invalid");
      expect(error.issues?.map(({ path }) => path)).toEqual(paths);
    }
    expect((await registry.describe("memory")).form).toMatchObject({
      properties: { label: { type: "string" } },
      additionalProperties: false,
    });
  });

  test("a refused handover keeps nothing", async () => {
    const { memory, provider } = await open();
    const cause = new Error("no");
    const sending = provider.send(message, { beforeHandover: () => Promise.reject(cause) });
    await expect(sending).rejects.toMatchObject({ code: "handover-refused", certainty: "not_sent", cause });
    expect(memory.sent).toEqual([]);
  });

  test("an abort during the handover keeps nothing", async () => {
    const { memory, provider } = await open();
    const controller = new AbortController();
    const sending = provider.send(message, {
      signal: controller.signal,
      beforeHandover: async () => controller.abort(),
    });
    await expect(sending).rejects.toMatchObject({ certainty: "not_sent" });
    expect(memory.sent).toEqual([]);
  });
});

describe("idempotency", () => {
  test("one key sends once, also at the same time and through another provider; no key always sends", async () => {
    const { memory, registry, provider } = await open();
    const other = await registry.open("memory", { config: {}, sender });
    const idempotencyKey = "key";
    const [one, two] = await Promise.all([
      provider.send(message, { idempotencyKey }),
      other.send(message, { idempotencyKey }),
    ]);
    expect(await provider.send(message, { idempotencyKey })).toEqual(one);
    expect(two).toEqual(one);
    expect(memory.sent).toHaveLength(1);
    await provider.send(message, { idempotencyKey: "another" });
    await provider.send(message);
    expect(memory.sent).toHaveLength(3);
  });

  test("a key whose message was not sent is free again", async () => {
    const { memory, provider } = await open();
    const refuse = () => Promise.reject(new Error("no"));
    const refused = provider.send(message, { idempotencyKey: "key", beforeHandover: refuse });
    const waiting = provider.send(message, { idempotencyKey: "key" });
    await expect(refused).rejects.toMatchObject({ code: "handover-refused" });
    expect((await waiting).accepted).toEqual(["to@example.test"]);
    expect(memory.sent).toHaveLength(1);
  });

  test("in a batch, each message has its own place under the key", async () => {
    const { memory, provider } = await open();
    for (let round = 0; round < 2; round += 1) {
      for await (const outcome of provider.sendBatch([message, message], { idempotencyKey: "batch" })) {
        expect(outcome.status).toBe("sent");
      }
    }
    expect(memory.sent).toHaveLength(2);
  });
});

describe("as a connector, without the managed provider around it", () => {
  const create = async () => {
    const memory = createMemoryProvider();
    return { memory, provider: await memory.definition.create({}, context) };
  };

  test("closed means closed, and closing twice is fine", async () => {
    const { memory, provider } = await create();
    await provider.close();
    await provider.close();
    await expect(provider.send(preparedMessage, {})).rejects.toMatchObject({ code: "provider-closed" });
    await expect(provider.verify({})).rejects.toMatchObject({ code: "provider-closed" });
    expect(memory.sent).toEqual([]);
  });

  test("an aborted signal stops it before the handover", async () => {
    const { provider } = await create();
    const signal = AbortSignal.abort("enough");
    let asked = false;
    const beforeHandover = async () => {
      asked = true;
    };
    const aborted = { code: "aborted", certainty: "not_sent", cause: "enough" };
    await expect(provider.send(preparedMessage, { signal, beforeHandover })).rejects.toMatchObject(aborted);
    await expect(provider.verify({ signal })).rejects.toMatchObject(aborted);
    expect(asked).toBe(false);
  });

  test("a batch tells what failed as data", async () => {
    const { provider } = await create();
    async function* messages() {
      yield preparedMessage;
    }
    const outcomes = [];
    const beforeHandover = () => Promise.reject(new Error("no"));
    for await (const outcome of provider.sendBatch(messages(), { beforeHandover })) outcomes.push(outcome);
    expect(outcomes).toEqual([
      { status: "failed", index: 0, failure: expect.objectContaining({ code: "handover-refused" }) },
    ]);
  });
});
