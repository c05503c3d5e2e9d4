import { createProviderRegistry } from "@getfluxly/email-core";
import { describe, expect, test } from "vitest";
import { context, message, preparedMessage, sender } from "./__fixtures__/prepared-message.js";
import { createFailingProvider, type FailingStep } from "./index.js";

const open = async (failures: readonly FailingStep[], verifications: readonly FailingStep[] = []) => {
  const failing = createFailingProvider({ failures, verifications });
  const registry = createProviderRegistry({ failing: failing.definition });
  return { failing, provider: await registry.open("failing", { config: {}, sender }) };
};

describe("through the registry", () => {
  test("each call takes the next step, and then it succeeds", async () => {
    const cause = new TypeError("a bug");
    const { failing, provider } = await open([
      "succeed",
      { failBeforeHandover: { code: "relay-unavailable", retryAfterMs: 5 } },
      { failAfterHandover: { code: "outcome-unknown", stage: "end-of-data" } },
      { throw: cause },
    ]);
    const outcome = () =>
      provider.send(message).then(
        ({ relayMessageId }) => relayMessageId,
        (error: unknown) => error,
      );
    expect(await outcome()).toBe("failing-1");
    expect(await outcome()).toMatchObject({
      code: "relay-unavailable",
      certainty: "not_sent",
      retryable: true,
      retryAfterMs: 5,
      stage: "send",
    });
    expect(await outcome()).toMatchObject({
      code: "outcome-unknown",
      certainty: "unknown",
      retryable: false,
      stage: "end-of-data",
    });
    expect(await outcome()).toMatchObject({ code: "provider-failed", certainty: "unknown", cause });
    expect(await outcome()).toBe("failing-2");
    expect(failing.calls.map(({ handedOver }) => handedOver)).toEqual([true, false, true, false, true]);
    expect(failing.calls.map(({ message: sent }) => sent?.subject)).toEqual(Array(5).fill("Hello"));
    expect(failing.calls[3]?.step).toEqual({ throw: cause });
  });

  test("beforeHandover runs exactly where a step lets it", async () => {
    const { provider } = await open([
      { failBeforeHandover: { code: "relay-refused" } },
      { failAfterHandover: { code: "outcome-unknown" } },
    ]);
    let asked = 0;
    const beforeHandover = async () => {
      asked += 1;
    };
    await expect(provider.send(message, { beforeHandover })).rejects.toMatchObject({ code: "relay-refused" });
    expect(asked).toBe(0);
    await expect(provider.send(message, { beforeHandover })).rejects.toMatchObject({
      code: "outcome-unknown",
    });
    expect(asked).toBe(1);
  });

  test.each(["until-aborted", "for-ever"] as const)(
    "a hang %s ends when the caller ends it",
    async (hang) => {
      const { failing, provider } = await open(["succeed", { hang }, { hang, when: "after" }]);
      // The managed provider has to see once that this connector asks before it hands over.
      await provider.send(message);
      for (const certainty of ["not_sent", "unknown"]) {
        const controller = new AbortController();
        const sending = provider.send(message, { signal: controller.signal });
        sending.catch(() => undefined);
        await expect.poll(() => failing.calls.at(-1)?.handedOver).toBe(certainty === "unknown");
        controller.abort();
        await expect(sending).rejects.toMatchObject({ code: "aborted", certainty });
      }
    },
  );

  test("verify has a script of its own", async () => {
    const { failing, provider } = await open(
      ["succeed"],
      [{ failBeforeHandover: { code: "authentication-failed", stage: "auth" } }],
    );
    await expect(provider.verify()).rejects.toMatchObject({ code: "authentication-failed", stage: "auth" });
    expect(await provider.verify()).toEqual({ authenticated: true, encrypted: true, warnings: [] });
    await provider.send(message);
    expect(failing.calls.map(({ method }) => method)).toEqual(["verify", "verify", "send"]);
  });
});

describe("as a connector, without the managed provider around it", () => {
  test("a hang that honours the signal rejects by itself; one that does not, does not", async () => {
    const failing = createFailingProvider({
      failures: [{ hang: "until-aborted", when: "after" }, { hang: "until-aborted" }, { hang: "for-ever" }],
    });
    const provider = await failing.definition.create({}, context);
    const controller = new AbortController();
    const { signal } = controller;
    const first = provider.send(preparedMessage, { signal });
    await expect.poll(() => failing.calls[0]?.handedOver).toBe(true);
    controller.abort("enough");
    await expect(first).rejects.toMatchObject({ code: "aborted", certainty: "unknown", cause: "enough" });
    await expect(provider.send(preparedMessage, { signal })).rejects.toMatchObject({ certainty: "not_sent" });
    const endless = provider.send(preparedMessage, { signal }).then(
      () => "settled",
      () => "settled",
    );
    const turn = new Promise((resolve) => setImmediate(resolve, "still hanging"));
    expect(await Promise.race([endless, turn])).toBe("still hanging");
  });

  test("what is thrown is not touched", async () => {
    const failing = createFailingProvider({ failures: [{ throw: "a string", when: "after" }] });
    const provider = await failing.definition.create({}, context);
    await expect(provider.send(preparedMessage, {})).rejects.toBe("a string");
    expect(failing.calls[0]?.handedOver).toBe(true);
  });

  test("closed means closed, and takes no step", async () => {
    const failing = createFailingProvider({ failures: [] });
    const provider = await failing.definition.create({}, context);
    await provider.close();
    await expect(provider.send(preparedMessage, {})).rejects.toMatchObject({ code: "provider-closed" });
    await expect(provider.verify({})).rejects.toMatchObject({ code: "provider-closed" });
    expect(failing.calls).toEqual([]);
  });
});
