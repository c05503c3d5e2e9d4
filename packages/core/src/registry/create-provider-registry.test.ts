import { describe, expect, test, vi } from "vitest";
import * as z from "zod";
import {
  type AnyProviderDefinition,
  defaultCapabilities,
  type ProviderContext,
  type RegistryEntry,
} from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { errorOf } from "../provider/__fixtures__/error-of.js";
import { toReceipt } from "../provider/__fixtures__/manage.js";
import { defineProvider } from "../provider/index.js";
import { createProviderRegistry, specificationVersions } from "./index.js";

const sender = { from_email: "hello@example.com", from_name: "Example" };
const message = { to: [{ address: "a@example.org" }], subject: "Hello", text: "Hi" };
const connector = {
  verify: async () => ({ authenticated: true, encrypted: true, warnings: [] }),
  send: async (prepared: Parameters<typeof toReceipt>[0]) => toReceipt(prepared),
  close: async () => {},
};

function defineAcme(created: (config: unknown, context: ProviderContext) => unknown = () => connector) {
  return defineProvider({
    id: "acme",
    displayName: "Acme",
    configSchema: z.strictObject({
      api_key: z.string().min(1),
      region: z.enum(["eu", "us"]).default("eu"),
    }),
    secretFields: ["api_key"],
    capabilities: defaultCapabilities,
    create: (config, context) => created(config, context) as typeof connector,
  });
}
const acme = defineAcme();
const config = { api_key: "k" };
/** As a JavaScript caller makes one. */
const registryOf = (entries: Record<string, unknown>) =>
  createProviderRegistry(entries as Record<string, RegistryEntry>);

describe("load", () => {
  test("runs a loader once, on first use", async () => {
    const loader = vi.fn(async () => acme);
    const registry = createProviderRegistry({ acme: loader });
    expect(registry.ids).toEqual(["acme"]);
    expect(registry.has("acme")).toBe(true);
    expect(loader).not.toHaveBeenCalled();
    expect(await Promise.all([registry.load("acme"), registry.load("acme")])).toEqual([acme, acme]);
    await registry.describe("acme");
    expect(loader).toHaveBeenCalledOnce();
  });

  test.each<[string, unknown]>([
    ["the definition", acme],
    ["a loader", async () => acme],
    ["a loader of a module", async () => ({ default: acme, other: 1 })],
    ["a loader of a CommonJS module", async () => ({ default: { default: acme, __esModule: true } })],
  ])("takes %s", async (_name, entry) => {
    expect(await registryOf({ acme: entry }).load("acme")).toBe(acme);
  });

  test("forgets a failure, so that it can be tried again", async () => {
    const loader = vi
      .fn<() => Promise<typeof acme>>()
      .mockRejectedValueOnce(new Error("Cannot find package"))
      .mockResolvedValue(acme);
    const registry = createProviderRegistry({ acme: loader });
    const [first, second] = await Promise.all([
      errorOf(registry.load("acme")),
      errorOf(registry.load("acme")),
    ]);
    expect(first).toMatchObject({
      code: "provider-load-failed",
      actor: "operator",
      message: expect.stringContaining("acme"),
    });
    expect(first.cause).toEqual(new Error("Cannot find package"));
    expect(second).toBe(first);
    expect(await registry.load("acme")).toBe(acme);
    expect(loader).toHaveBeenCalledTimes(2);
  });

  test("takes a loader that throws at once for one that fails", async () => {
    const entry = () => {
      throw new Error("no");
    };
    expect(await errorOf(registryOf({ acme: entry }).load("acme"))).toMatchObject({
      code: "provider-load-failed",
    });
  });

  test.each(["postmark", "", "__proto__", "toString", "constructor", "hasOwnProperty"])(
    "does not know %j, and says what it knows",
    async (id) => {
      const registry = createProviderRegistry({
        acme,
        other: async () => ({ ...acme, id: "other" as const }),
      });
      expect(registry.has(id)).toBe(false);
      for (const call of [
        registry.load(id),
        registry.describe(id),
        registry.loadWebhook(id),
        registry.openDynamic(id, { config, sender }),
      ]) {
        expect(await errorOf(call)).toMatchObject({
          code: "provider-unknown",
          message: expect.stringMatching(/acme, other/),
        });
      }
    },
  );

  test("refuses a definition under another id than its own", async () => {
    expect(await errorOf(registryOf({ wrong: acme }).load("wrong"))).toMatchObject({
      code: "definition-invalid",
      message: expect.stringMatching(/wrong.*acme/),
    });
  });

  test.each(["v0", "v2", "", 1, null])("refuses version %j of the contract, naming both", async (version) => {
    const registry = registryOf({ acme: { ...acme, specificationVersion: version } });
    const error = await errorOf(registry.load("acme"));
    expect(error).toMatchObject({ code: "specification-version-unsupported", actor: "operator" });
    for (const part of [
      "acme",
      String(version),
      ...specificationVersions,
      "Update",
      "@getfluxly/email-core",
    ]) {
      expect(error.message).toContain(part);
    }
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["a text", "acme"],
    ["an empty module", async () => ({})],
    ["undefined", async () => undefined],
    ["no version", { ...acme, specificationVersion: undefined }],
    ["no create", { ...acme, create: undefined }],
    ["no schema", { ...acme, configSchema: {} }],
  ])("refuses what is no definition: %s", async (_name, entry) => {
    expect(await errorOf(registryOf({ acme: entry }).load("acme"))).toMatchObject({
      code: expect.stringMatching(/^(definition-invalid|provider-unknown)$/),
    });
  });
});

describe("register", () => {
  test("adds an id once", async () => {
    const registry = createProviderRegistry({});
    registry.register("acme", acme);
    expect(registry.ids).toEqual(["acme"]);
    expect(registry.has("acme")).toBe(true);
    expect(await registry.load("acme")).toBe(acme);
    expect(() => registry.register("acme", acme)).toThrow(EmailError);
    expect(() => registry.register("acme", acme)).toThrow(/acme/);
  });

  test("leaves the record and other registries alone", () => {
    const entries = { acme };
    const registry = createProviderRegistry(entries);
    registry.register("other", acme);
    expect(Object.keys(entries)).toEqual(["acme"]);
    expect(createProviderRegistry(entries).has("other")).toBe(false);
  });
});

test("describe tells what a form needs", async () => {
  expect(await createProviderRegistry({ acme }).describe("acme")).toMatchObject({
    id: "acme",
    displayName: "Acme",
    secretFields: ["api_key"],
    capabilities: defaultCapabilities,
    form: { properties: { api_key: { writeOnly: true, format: "password" }, region: { default: "eu" } } },
  });
});

test("loadWebhook gives the webhook, if there is one", async () => {
  const webhook = {
    configSchema: z.strictObject({ secret: z.string() }),
    secretFields: ["secret"],
    load: () => Promise.reject(new Error("not here")),
  };
  const registry = registryOf({ acme, hooked: { ...acme, id: "hooked", webhook } });
  expect(await registry.loadWebhook("acme")).toBeUndefined();
  expect(await registry.loadWebhook("hooked")).toBe(webhook);
});

describe("open", () => {
  test("gives a managed provider for checked settings", async () => {
    const created = vi.fn(() => connector);
    const registry = createProviderRegistry({ acme: defineAcme(created) });
    await using provider = await registry.open("acme", { config, sender });
    expect(provider.providerId).toBe("acme");
    expect(created).toHaveBeenCalledWith({ api_key: "k", region: "eu" }, expect.objectContaining({ sender }));
    const receipt = await provider.send(message);
    expect(receipt.messageId).toMatch(/@example\.com$/);
    expect((await (await registry.openDynamic("acme", { config, sender })).verify()).authenticated).toBe(
      true,
    );
  });

  test("fills in what the host does not lend", async () => {
    let context: ProviderContext | undefined;
    const registry = createProviderRegistry({
      acme: defineAcme((_config, given) => {
        context = given;
        return connector;
      }),
    });
    await registry.open("acme", { config, sender: { from_email: "info@münchen.de" } });
    expect(context).toMatchObject({
      sender: { from_email: "info@xn--mnchen-3ya.de" },
      certificateAuthorities: [],
      clientName: "xn--mnchen-3ya.de",
    });
    expect(context?.now()).toBeInstanceOf(Date);
    expect(context?.log("info", "event")).toBeUndefined();
    expect(context?.permitsAddress).toBeUndefined();
    expect(Object.isFrozen(context)).toBe(true);
    const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response("ok"));
    expect(await (await context?.fetch("https://example.com"))?.text()).toBe("ok");
    fetched.mockRestore();

    const lent = {
      now: () => new Date(0),
      permitsAddress: () => true,
      permitsPlaintext: () => false,
      certificateAuthorities: ["PEM"],
      clientName: "host.example",
      fetch: vi.fn(),
      log: vi.fn(),
    };
    const other = { sender: { from_email: "evil@example.net" }, extra: 1 };
    await registry.open("acme", { config, sender, context: { ...lent, ...other } });
    expect(context).toEqual({ ...lent, sender });
  });

  test("uses the clock that was lent for the ids of messages", async () => {
    const provider = await createProviderRegistry({ acme }).open("acme", {
      config,
      sender,
      context: { now: () => new Date(0) },
    });
    expect((await provider.send(message)).messageId).toMatch(/^0000000000/);
  });

  test("refuses settings and sender before it creates anything", async () => {
    const created = vi.fn();
    const registry = createProviderRegistry({ acme: defineAcme(created) });
    expect(await errorOf(registry.openDynamic("acme", { config: { region: "asia" }, sender }))).toMatchObject(
      {
        code: "config-invalid",
        issues: [{ path: "api_key" }, { path: "region" }],
      },
    );
    expect(
      await errorOf(registry.openDynamic("acme", { config, sender: { from_email: "x" } })),
    ).toMatchObject({
      code: "sender-invalid",
      issues: [{ path: "from_email" }],
    });
    expect(created).not.toHaveBeenCalled();
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("canary");
      },
    ],
    ["rejects", () => Promise.reject(new Error("canary"))],
    ["gives nothing", () => undefined],
    ["gives no verify", () => ({ ...connector, verify: undefined })],
    ["gives no send", () => ({ ...connector, send: undefined })],
    ["gives no close", () => ({ ...connector, close: undefined })],
  ])("explains a connector whose create %s", async (_name, created) => {
    const registry = createProviderRegistry({ acme: defineAcme(created) });
    const error = await errorOf(registry.open("acme", { config, sender }));
    expect(error).toMatchObject({ code: "provider-failed", certainty: "not_sent", stage: "create" });
    expect(JSON.stringify(error)).not.toContain("canary");
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("passes on what create explains", async () => {
    const own = new EmailError({ code: "relay-not-permitted", stage: "create", message: "No." });
    const registry = createProviderRegistry({ acme: defineAcme(() => Promise.reject(own)) });
    await expect(registry.open("acme", { config, sender })).rejects.toBe(own);
  });

  test("keeps two providers of one connector apart", async () => {
    const seen: unknown[] = [];
    const registry = createProviderRegistry({
      acme: defineAcme((given) => ({
        ...connector,
        send: async (prepared: Parameters<typeof toReceipt>[0]) => {
          seen.push([given, prepared.from.address]);
          return toReceipt(prepared);
        },
      })),
    });
    const one = await registry.open("acme", { config: { api_key: "1" }, sender });
    const two = await registry.open("acme", {
      config: { api_key: "2" },
      sender: { from_email: "b@example.net" },
    });
    await Promise.all([one.send(message), two.send(message), one.send(message)]);
    expect(seen).toEqual([
      [{ api_key: "1", region: "eu" }, "hello@example.com"],
      [{ api_key: "2", region: "eu" }, "b@example.net"],
      [{ api_key: "1", region: "eu" }, "hello@example.com"],
    ]);
  });

  test("treats a capability that a definition does not know as off", async () => {
    const old: AnyProviderDefinition = { ...acme, capabilities: { batch: false } as never };
    const provider = await createProviderRegistry<Record<string, RegistryEntry>>({ acme: old }).openDynamic(
      "acme",
      { config, sender },
    );
    expect(provider.capabilities).toEqual(defaultCapabilities);
  });
});
