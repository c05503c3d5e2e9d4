import { describe, expect, test, vi } from "vitest";
import { sampleAdapter, sampleConfig, sampleNow, samplePost } from "./__fixtures__/sample-adapter.js";
import { createMemoryReplayStore } from "./create-memory-replay-store.js";
import type { WebhookInput } from "./read-request.js";
import { type ReceiveWebhookOptions, receiveWebhook } from "./receive-webhook.js";
import { isWebhookError, WebhookError } from "./webhook-error.js";

const body = JSON.stringify([{ type: "delivered", id: 1, to: "kim@example.net" }]);

const receive = (request: WebhookInput, options: Partial<ReceiveWebhookOptions<typeof sampleConfig>> = {}) =>
  receiveWebhook({
    adapter: sampleAdapter,
    config: sampleConfig,
    now: sampleNow,
    replayStore: null,
    request,
    ...options,
  });

describe("an authentic request", () => {
  test("is received with its octets, its proof and its events", async () => {
    const reception = await receive(await samplePost(body));
    expect(reception).toMatchObject({ outcome: "received", status: 202, headers: {} });
    if (reception.outcome !== "received") throw new Error();
    expect(new TextDecoder().decode(reception.request.body)).toBe(body);
    expect(reception.authenticity).toMatchObject({ proof: "signature", signedAt: sampleNow });
    const { events, failures } = await reception.parse();
    expect(failures).toEqual([]);
    expect(events).toMatchObject([{ type: "delivered", recipient: "kim@example.net" }]);
    expect(await reception.parse()).toEqual({ events, failures });
  });

  test.each(["Request", "octets", "text", "Node's headers", "Headers"])("comes as %s", async (form) => {
    const { headers, ...post } = await samplePost(body);
    const forms: Record<string, WebhookInput> = {
      Request: new Request(post.url, { method: "POST", headers, body }),
      octets: { ...post, headers, body: new TextEncoder().encode(body) },
      text: { ...post, headers },
      "Node's headers": { ...post, headers: Object.fromEntries(headers) },
      Headers: { ...post, headers: new Headers(headers), body: new TextEncoder().encode(body).buffer },
    };
    expect(await receive(forms[form] as WebhookInput)).toMatchObject({ outcome: "received" });
  });

  test("is stored before it is answered, and not parsed for that", async () => {
    const parse = vi.spyOn({ parse: sampleAdapter.parse }, "parse");
    const store = vi.fn(async () => {});
    await receive(await samplePost(body), { adapter: { ...sampleAdapter, parse }, store });
    expect(store).toHaveBeenCalledOnce();
    expect(parse).not.toHaveBeenCalled();
  });

  test("that cannot be stored is asked for again, and is then no replay", async () => {
    const replayStore = createMemoryReplayStore();
    const error = new Error("the disk is full");
    const store = vi.fn().mockRejectedValueOnce(error).mockResolvedValueOnce(undefined);
    const post = await samplePost(body);
    const reception = await receive(post, { replayStore, store });
    expect(reception).toEqual({ outcome: "unavailable", status: 429, headers: {}, error });
    expect(await receive(post, { replayStore, store })).toMatchObject({ outcome: "received" });
    expect(await receive(post, { replayStore, store })).toEqual({
      outcome: "replayed",
      status: 202,
      headers: {},
    });
    expect(store).toHaveBeenCalledTimes(2);
  });

  test("of which fifty arrive at once is stored once", async () => {
    const replayStore = createMemoryReplayStore();
    const store = vi.fn(async () => {});
    const post = await samplePost(body);
    const receptions = await Promise.all(
      Array.from({ length: 50 }, () => receive(post, { replayStore, store })),
    );
    expect(store).toHaveBeenCalledOnce();
    expect(receptions.filter(({ outcome }) => outcome === "replayed")).toHaveLength(49);
  });

  test("keeps neighbours of what cannot be read, and survives a fault of the adapter", async () => {
    const items = [{ type: "delivered", id: 1 }, "oops", {}, { type: "crash" }, { type: "bounced", id: 2 }];
    const reception = await receive(await samplePost(JSON.stringify(items)));
    if (reception.outcome !== "received") throw new Error();
    const { events, failures } = await reception.parse();
    expect(events.map(({ type }) => type)).toEqual(["delivered", "bounced"]);
    expect(failures).toEqual([
      { index: 1, code: "not-an-object" },
      { index: 2, code: "missing-type" },
      { index: 3, code: "parser-failed" },
    ]);
    expect(failures[0]?.raw).toBe("oops");

    const crashing = await receive(await samplePost(body), {
      adapter: { ...sampleAdapter, parse: async () => Promise.reject(new Error()) },
    });
    if (crashing.outcome !== "received") throw new Error();
    expect(await crashing.parse()).toEqual({ events: [], failures: [{ index: 0, code: "parser-failed" }] });
  });
});

describe("limits", () => {
  test("of octets hold for declared, streamed and given bodies, and spare the verification", async () => {
    const verify = vi.fn(sampleAdapter.verify);
    const adapter = { ...sampleAdapter, verify };
    const large = new Uint8Array(1_048_577).fill(32);
    const { url, headers } = await samplePost(large);
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const streamed = new Request(url, {
      method: "POST",
      headers,
      body: endless,
      duplex: "half",
    } as RequestInit);
    for (const request of [
      { method: "POST", url, headers, body: large },
      new Request(url, { method: "POST", headers, body: large }),
      streamed,
    ]) {
      expect(await receive(request, { adapter })).toMatchObject({ outcome: "refused", status: 413 });
    }
    expect(pulled).toBeLessThan(30);
    expect(verify).not.toHaveBeenCalled();
    const exact = await samplePost(large.subarray(1));
    expect(await receive(exact)).toMatchObject({ outcome: "received" });
    expect(await receive(await samplePost("[]  "), { limits: { bytes: 3 } })).toMatchObject({ status: 413 });
  });

  test("of depth and number keep what came before", async () => {
    const deep = `{"type":"delivered","x":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
    const atLimit = `{"type":"delivered","x":${"[".repeat(31)}${"]".repeat(31)}}`;
    const reception = await receive(await samplePost(`[${deep},${atLimit},{"type":"bounced"}]`));
    if (reception.outcome !== "received") throw new Error();
    const { events, failures } = await reception.parse();
    expect(events).toHaveLength(2);
    expect(failures).toEqual([{ index: 0, code: "too-deep" }]);

    const many = await receive(await samplePost(`[${'{"type":"a"},'.repeat(5_001)}{}]`));
    if (many.outcome !== "received") throw new Error();
    const content = await many.parse();
    expect(content.events).toHaveLength(5_000);
    expect(content.failures).toEqual([{ index: 5_000, code: "too-many" }]);
  });
});

describe("what is not authentic", () => {
  test.each(["HEAD", "GET"])("%s is answered and nothing else", async (method) => {
    expect(await receive({ method, url: "https://example.com/", headers: [], body: "" })).toEqual({
      outcome: "probe",
      status: 200,
      headers: {},
    });
  });

  test.each([
    ["another method", { method: "PUT" }, 405, "malformed"],
    ["no proof", { headers: [] }, 401, "missing"],
    ["another body", { body: `${body} ` }, 401, "mismatch"],
  ])("%s is refused", async (_name, change, status, reason) => {
    const reception = await receive({ ...(await samplePost(body)), ...change });
    expect(reception).toMatchObject({ outcome: "refused", status, error: { reason } });
  });

  test("a compressed body is refused", async () => {
    const post = await samplePost(body);
    const headers = [...post.headers, ["content-encoding", "gzip"]] as [string, string][];
    expect(await receive({ ...post, headers })).toMatchObject({ outcome: "refused", status: 415 });
    const identity = [...post.headers, ["content-encoding", "identity"]] as [string, string][];
    expect(await receive({ ...post, headers: identity })).toMatchObject({ outcome: "received" });
  });

  test("an adapter's challenge is passed on with 401, whatever it answers else", async () => {
    const verify = async () => Promise.reject(new WebhookError("missing", "No.", { challenge: "Basic x" }));
    const adapter = { ...sampleAdapter, verify, answers: { received: 200, refused: 403, unavailable: 503 } };
    const reception = await receive(await samplePost(body), { adapter });
    expect(reception).toMatchObject({ status: 401, headers: { "WWW-Authenticate": "Basic x" } });
  });

  test.each([
    ["the configuration", new WebhookError("misconfigured", "No key.")],
    ["a download", new TypeError("fetch failed")],
  ])("a fault of %s is ours: the relay shall try again", async (_name, error) => {
    const adapter = { ...sampleAdapter, verify: async () => Promise.reject(error) };
    const reception = await receive(await samplePost(body), { adapter });
    expect(reception).toEqual({ outcome: "unavailable", status: 429, headers: {}, error });
  });

  test("an adapter that knows a replay by itself is answered like a claim that failed", async () => {
    const adapter = {
      ...sampleAdapter,
      verify: async () => Promise.reject(new WebhookError("replayed", "Seen.")),
    };
    expect(await receive(await samplePost(body), { adapter })).toMatchObject({
      outcome: "replayed",
      status: 202,
    });
  });
});

test("adapters get the platform's fetch as one function for ever, and the caller's own as it is", async () => {
  const seen: (typeof fetch)[] = [];
  const adapter: typeof sampleAdapter = {
    ...sampleAdapter,
    verify: async (request, options) => {
      seen.push(options.fetch);
      return sampleAdapter.verify(request, options);
    },
  };
  const own: typeof fetch = async () => new Response("own");
  for (const given of [undefined, undefined, own]) {
    await receive(await samplePost(body), { adapter, fetch: given });
  }
  expect(seen).toHaveLength(3);
  expect(seen[0]).toBe(seen[1]);
  expect(seen[2]).toBe(own);
  vi.stubGlobal("fetch", async () => new Response("replaced"));
  const answer = await seen[0]?.("https://example.com/");
  vi.unstubAllGlobals();
  expect(await answer?.text()).toBe("replaced");
});

test("a body that was parsed or read before is the caller's mistake, and the error names the cure", async () => {
  const post = await samplePost(body);
  const parsed = { ...post, body: JSON.parse(body) };
  const error = await receive(parsed).catch((thrown) => thrown);
  expect(isWebhookError(error)).toBe(true);
  expect(error).toMatchObject({
    reason: "misconfigured",
    remedy: expect.stringMatching(/express\.raw.*c\.req\.raw/),
  });

  const used = new Request(post.url, { method: "POST", headers: post.headers, body });
  await used.text();
  await expect(receive(used)).rejects.toMatchObject({ reason: "misconfigured", remedy: /clone/ });
});

test("an error of another copy of the package is recognised", async () => {
  vi.resetModules();
  const copy = await import("./webhook-error.js");
  const theirs = new copy.WebhookError("stale", "Old.");
  expect(theirs).not.toBeInstanceOf(WebhookError);
  expect(isWebhookError(theirs)).toBe(true);
  expect(isWebhookError(new Error("x"))).toBe(false);
  expect(JSON.parse(JSON.stringify(theirs))).toEqual({
    name: "WebhookError",
    message: "Old.",
    code: "webhook-stale",
    reason: "stale",
    actor: "relay",
    retryable: false,
    remedy: theirs.remedy,
  });
});
