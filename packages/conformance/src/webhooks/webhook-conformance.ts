import { ok } from "node:assert/strict";
import type { WebhookAdapter } from "@getfluxly/email-core";
import { createMemoryReplayStore, type Reception, receiveWebhook } from "@getfluxly/email-core/webhook";
import { hostileBodies } from "./hostile-bodies.js";

export interface SignedWebhook {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export interface WebhookConformanceOptions<Config, Secret> {
  readonly adapter: WebhookAdapter<Config>;
  /** A body in the relay's shape that makes at least one event. */
  readonly body: string;
  /** What the relay would send: the body, perhaps with the proof in it, and its headers. */
  sign(body: Uint8Array, secret: Secret, signedAt: Date): SignedWebhook | Promise<SignedWebhook>;
  /** Three that differ: two live ones, and one of another tenant. */
  readonly secrets: readonly [Secret, Secret, Secret];
  /** The settings with these as the live ones. Of none: nobody has set a secret yet. */
  toConfig(live: readonly Secret[]): Config;
  /** Headers that the proof consists of; empty where it is in the body. */
  readonly proofHeaders: readonly string[];
  /** False where the relay signs nothing, or not the body: then a changed body cannot be told. */
  readonly bindsBody: boolean;
  /** How old a signature may be; undefined where no time is signed. */
  readonly toleranceSeconds: number | undefined;
  /** For adapters that download, such as certificates. Default: the global one. */
  readonly fetch?: typeof fetch | undefined;
}

/** One check, for any test runner: it rejects if the adapter does not hold. */
export interface WebhookCheck {
  readonly name: string;
  run(): Promise<void>;
}

const signedAt = new Date("2031-03-12T16:06:07.000Z");
const secondsLater = (seconds: number) => new Date(signedAt.getTime() + seconds * 1000);
const toOctets = (text: string) => new TextEncoder().encode(text);

/**
 * What every adapter has to hold, all of it through `receiveWebhook`: of a request and its forgeries only the request itself
 * is stored, and nothing that is authentic makes `parse` throw, however hostile it is.
 */
export function webhookConformance<Config, Secret>(
  options: WebhookConformanceOptions<Config, Secret>,
): readonly WebhookCheck[] {
  const { adapter, sign, toConfig, proofHeaders, bindsBody, toleranceSeconds } = options;
  const [first, second, foreign] = options.secrets;
  const body = toOctets(options.body);

  async function receive(
    webhook: SignedWebhook,
    { live = [first], now = signedAt, replayStore = createMemoryReplayStore() } = {},
  ): Promise<{ reception: Reception; stored: number }> {
    let stored = 0;
    const reception = await receiveWebhook({
      adapter,
      request: { method: "POST", url: "https://example.com/webhooks/kit", ...webhook },
      config: toConfig(live),
      now,
      fetch: options.fetch,
      replayStore,
      store: async () => {
        stored++;
      },
    });
    return { reception, stored };
  }
  async function expectReceived(...parameters: Parameters<typeof receive>) {
    const { reception, stored } = await receive(...parameters);
    ok(reception.outcome === "received", `expected to be received, but it was ${reception.outcome}`);
    ok(stored === 1, "a received request is stored once");
    return reception;
  }
  async function expectRefused(...parameters: Parameters<typeof receive>) {
    const { reception, stored } = await receive(...parameters);
    ok(reception.outcome === "refused", `expected to be refused, but it was ${reception.outcome}`);
    ok(stored === 0, "a refused request is not stored");
    ok(
      reception.status >= 400 && reception.status < 500,
      `a refusal is answered 4xx, not ${reception.status}`,
    );
  }

  const checks: WebhookCheck[] = [];
  const check = (name: string, run: () => Promise<unknown>) =>
    checks.push({ name, run: async () => void (await run()) });

  check("a request with the right proof is received, and its events can be read", async () => {
    const { parse } = await expectReceived(await sign(body, first, signedAt));
    const { events, failures } = await parse();
    ok(events.length > 0 && failures.length === 0, "the sample makes events and no failures");
    const again = await parse();
    ok(
      events.every(({ id }, index) => again.events[index]?.id === id),
      "the same octets make the same ids",
    );
    ok(new Set(events.map(({ id }) => id)).size === events.length, "different events have different ids");
  });
  check("both live secrets are good", async () => {
    await expectReceived(await sign(body, first, signedAt), { live: [first, second] });
    await expectReceived(await sign(body, second, signedAt), { live: [first, second] });
  });
  check("a secret that was retired is refused", async () =>
    expectRefused(await sign(body, first, signedAt), { live: [second] }),
  );
  check("the secret of another tenant is refused", async () =>
    expectRefused(await sign(body, foreign, signedAt), { live: [first, second] }),
  );
  check("with no secret set nothing is received, signed or not", async () => {
    for (const webhook of [await sign(body, first, signedAt), { headers: [], body }]) {
      const { reception, stored } = await receive(webhook, { live: [] });
      ok(
        reception.outcome === "refused" || reception.outcome === "unavailable",
        `with no secret set, expected to be refused or unavailable, but it was ${reception.outcome}`,
      );
      ok(stored === 0, "with no secret set nothing is stored");
    }
  });
  for (const header of proofHeaders) {
    const isIt = (name: string) => name.toLowerCase() === header.toLowerCase();
    const withHeader = async (change: (value: string) => readonly string[]) => {
      const signed = await sign(body, first, signedAt);
      const headers = signed.headers.flatMap(([name, value]): (readonly [string, string])[] =>
        isIt(name) ? change(value).map((it) => [name, it] as const) : [[name, value]],
      );
      return { ...signed, headers };
    };
    check(`without ${header} it is refused`, async () => expectRefused(await withHeader(() => [])));
    check(`with an empty ${header} it is refused`, async () => expectRefused(await withHeader(() => [""])));
    check(`with ${header} twice it is refused`, async () =>
      expectRefused(await withHeader((value) => [value, value])),
    );
    check(`with any character of ${header} changed it is refused`, async () => {
      const { headers } = await sign(body, first, signedAt);
      const value = headers.find(([name]) => isIt(name))?.[1] ?? "";
      ok(value !== "", `the sample has ${header}`);
      for (let index = 0; index < value.length; index++) {
        const other = value[index] === "1" ? "2" : "1";
        const changed = value.slice(0, index) + other + value.slice(index + 1);
        await expectRefused(await withHeader(() => [changed]));
      }
    });
  }
  if (bindsBody) {
    check("with one bit of the body changed it is refused", async () => {
      const signed = await sign(body, first, signedAt);
      for (const at of [0, signed.body.length >> 1, signed.body.length - 1]) {
        const changed = Uint8Array.from(signed.body);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await expectRefused({ ...signed, body: changed });
      }
    });
    check("the octets count: CRLF at the end, and escapes", async () => {
      const withEnd = await sign(toOctets(`${options.body}\r\n`), first, signedAt);
      await expectReceived(withEnd);
      await expectRefused({ ...withEnd, body: body });
      const escaped = toOctets(options.body.replace("@", "\\u0040"));
      const signed = await sign(escaped, first, signedAt);
      await expectReceived(signed);
      await expectRefused({ ...signed, body });
    });
  }
  if (toleranceSeconds !== undefined) {
    check("a signature is good until it is too old, and never far ahead", async () => {
      const signed = await sign(body, first, signedAt);
      await expectReceived(signed, { now: secondsLater(toleranceSeconds) });
      await expectRefused(signed, { now: secondsLater(toleranceSeconds + 1) });
      await expectRefused(signed, { now: secondsLater(-301) });
    });
  }
  check("delivered again, it is known: as a request, or by the ids of its events", async () => {
    const replayStore = createMemoryReplayStore();
    const signed = await sign(body, first, signedAt);
    const { parse } = await expectReceived(signed, { replayStore });
    const { reception, stored } = await receive(signed, { replayStore });
    if (reception.outcome === "replayed") {
      ok(
        stored === 0 && reception.status === adapter.answers.received,
        "a replay is answered, and not stored",
      );
      return;
    }
    ok(reception.outcome === "received", "a second delivery is received or replayed");
    const ids = async (read: typeof parse) => (await read()).events.map(({ id }) => id).join();
    ok((await ids(parse)) === (await ids(reception.parse)), "the same events have the same ids");
  });
  for (const [name, hostile] of Object.entries(hostileBodies)) {
    check(`authentic but ${name}: answered as received, and parse does not throw`, async () => {
      const { parse } = await expectReceived(await sign(toOctets(hostile), first, signedAt));
      const { events, failures } = await parse();
      ok(events.length <= 5_000 && failures.length <= 5_001, "it reads no more than the limit");
    });
  }
  check("10 MB are refused unread", async () => {
    const { reception, stored } = await receive({ headers: [], body: new Uint8Array(10 * 1024 * 1024) });
    ok(reception.outcome === "refused" && stored === 0, "10 MB are refused");
  });
  return checks;
}
