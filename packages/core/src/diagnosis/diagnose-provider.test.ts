import { describe, expect, test } from "vitest";
import * as z from "zod";
import type {
  AnyProviderDefinition,
  DiagnoseOptions,
  DiagnosisEvent,
  DiagnosisReport,
  EmailProvider,
} from "../contract/index.js";
import { defaultCapabilities } from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { defineProvider } from "../provider/index.js";
import { diagnoseProvider } from "./index.js";

const sender = { from_email: "a@example.com" };

/** A connector whose provider does as told, and a record of what was asked of it. */
function connector(methods: Partial<EmailProvider> = {}, diagnose?: AnyProviderDefinition["diagnose"]) {
  const calls: string[] = [];
  const definition = defineProvider({
    id: "sample",
    displayName: "Sample",
    configSchema: z.strictObject({ key: z.string() }),
    secretFields: ["key"],
    capabilities: defaultCapabilities,
    create: () => ({
      async verify({ mode }) {
        calls.push(`verify ${mode}`);
        return { authenticated: true, encrypted: true, warnings: ["Mind the gap."] };
      },
      async send({ messageId, envelope }) {
        calls.push(`send ${envelope.to}`);
        return { messageId, accepted: envelope.to, rejected: [], response: "250 ok", warnings: [] };
      },
      async close() {
        calls.push("close");
      },
      ...methods,
    }),
    ...(diagnose && { diagnose }),
  });
  return { definition, calls };
}

async function collect(
  { definition }: { readonly definition: AnyProviderDefinition },
  options: DiagnoseOptions = {},
  settings: { readonly config: unknown; readonly from?: string } = { config: { key: "k" } },
) {
  const events: DiagnosisEvent[] = [];
  const { config, from } = settings;
  const given = { config, sender: from === undefined ? sender : { from_email: from } };
  for await (const event of diagnoseProvider(definition, given, options)) events.push(event);
  const report = events.at(-1);
  if (report?.type !== "report") throw new Error("The last event is no report.");
  expect(events.filter(({ type }) => type === "report")).toHaveLength(1);
  expect(report.stages).toEqual(events.slice(0, -1));
  return report;
}

const statuses = (report: DiagnosisReport) => report.stages.map(({ stage, status }) => `${stage} ${status}`);

describe("a connector without a diagnosis of its own", () => {
  test("is verified", async () => {
    const sample = connector();
    const report = await collect(sample);
    expect(report).toMatchObject({ verdict: "pass", mode: "dry_run", warnings: [], transcript: [] });
    expect(statuses(report)).toEqual(["config pass", "auth pass"]);
    expect(report.stages[1]?.summary).toBe("The relay accepted the login. Mind the gap.");
    expect(sample.calls).toEqual(["verify dry_run", "close"]);
  });

  test("is verified up to the login where that was asked for", async () => {
    const sample = connector();
    expect((await collect(sample, { mode: "connect" })).mode).toBe("connect");
    expect(sample.calls).toEqual(["verify connect", "close"]);
  });

  test("sends one message where that was asked for", async () => {
    const sample = connector();
    const report = await collect(sample, { mode: "send", recipient: "b@example.org" });
    expect(statuses(report)).toEqual(["config pass", "auth pass", "data pass"]);
    expect(report.testMessage).toMatchObject({ to: "b@example.org", reply: "250 ok" });
    expect(report.testMessage?.messageId).toMatch(/@example\.com$/);
    expect(sample.calls).toEqual(["verify dry_run", "send b@example.org", "close"]);
  });

  test("sends nothing without a recipient", async () => {
    const sample = connector();
    const report = await collect(sample, { mode: "send" });
    expect(report).toMatchObject({ verdict: "fail", failedStage: "config" });
    expect(sample.calls).toEqual([]);
  });

  test("opens nothing when only the settings are asked about", async () => {
    const sample = connector();
    expect(statuses(await collect(sample, { until: "config" }))).toEqual(["config pass"]);
    expect(sample.calls).toEqual([]);
  });

  test.each([
    ["settings", { config: { key: 1, other: "x" } }, ["key", "other"]],
    ["sender", { config: { key: "k" }, from: "nobody" }, ["from_email"]],
  ])("names all that is wrong with the %s", async (_what, settings, paths) => {
    const report = await collect(connector(), {}, settings);
    expect(report).toMatchObject({ verdict: "fail", failedStage: "config" });
    expect(report.diagnosis).toMatchObject({
      confidence: "confirmed",
      actor: "configuration",
      place: "form",
    });
    expect(report.diagnosis?.issues?.map(({ path }) => path)).toEqual(paths);
    expect(statuses(report)).toEqual(["config fail"]);
  });

  test.each([
    ["authentication-failed", "auth", "fail", "form"],
    ["connection-failed", "tcp", "inconclusive", "wait"],
    ["certificate-invalid", "tls", "fail", "relay_console"],
  ] as const)("explains %s by what it says about itself", async (code, stage, verdict, place) => {
    const error = new EmailError({ code, stage, message: "It did not work.", remedy: "Do this." });
    const sample = connector({ verify: () => Promise.reject(error) });
    const report = await collect(sample);
    expect(report).toMatchObject({ verdict, failedStage: stage, failure: { code } });
    expect(report.diagnosis).toMatchObject({
      ruleId: null,
      place,
      cause: "It did not work.",
      steps: ["Do this."],
    });
    expect(statuses(report)).toEqual(["config pass", `${stage} fail`]);
    expect(sample.calls).toEqual(["close"]);
  });

  test("tells nothing but the refusal where the policy refuses", async () => {
    const error = new EmailError({
      code: "relay-not-permitted",
      stage: "network",
      message: "Not permitted.",
    });
    const slow = connector({
      verify: async () => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        throw error;
      },
    });
    const [first, second] = [
      await collect(slow),
      await collect(connector({ verify: () => Promise.reject(error) })),
    ];
    expect(first.verdict).toBe("blocked_by_policy");
    expect(statuses(first)).toEqual(["config pass"]);
    expect({ ...first, startedAt: "" }).toEqual({ ...second, startedAt: "" });
  });

  test("an abort ends it inconclusively", async () => {
    const sample = connector({ verify: () => new Promise(() => {}) });
    const report = await collect(sample, { signal: AbortSignal.timeout(20) });
    expect(report.verdict).toBe("inconclusive");
    expect(sample.calls).toEqual(["close"]);
  });
});

describe("a connector with a diagnosis of its own", () => {
  test("gets the settings as they were written, and a complete context", async () => {
    const given: unknown[] = [];
    const sample = connector({}, async function* (settings, context, options) {
      given.push(settings, context.clientName, context.sender, options);
      yield* [];
    });
    await collect(sample, { mode: "connect" }, { config: { key: 1 }, from: "nobody" });
    expect(given).toEqual([{ key: 1 }, "nobody", { from_email: "nobody" }, { mode: "connect" }]);
  });

  test.each([
    ["throws", true],
    ["ends without a report", false],
  ])("gets a report when it %s", async (_what, throws) => {
    const sample = connector({}, async function* () {
      yield { type: "stage", stage: "dns", status: "pass", ms: 1, summary: "Found." };
      if (throws) throw new Error("secret text");
    });
    const report = await collect(sample);
    expect(report).toMatchObject({ verdict: "fail", failure: { code: "provider-failed" } });
    expect(report.stages[0]).toMatchObject({ stage: "dns", status: "pass" });
    expect(JSON.stringify(report)).not.toContain("secret text");
  });
});
