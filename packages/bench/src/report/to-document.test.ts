import { expect, test } from "vitest";
import { type LayerShares, layers } from "../profile/share-by-layer.js";
import { summaryOf } from "./__fixtures__/summaries.js";
import type { BenchReport } from "./bench-report.js";
import { toDocument } from "./to-document.js";

const report: BenchReport = {
  ...{ startedAt: "2026-11-26T10:00:00.000Z", tookSeconds: 1200 },
  machine: {
    processor: "Some CPU, 2 cores, 24 GB",
    cores: 2,
    system: "Debian",
    versions: { nodemailer: "10.6.0" },
  },
  pace: { rounds: 5, measuredMs: 1200, warmUpMs: 700 },
  summaries: [summaryOf({ ours: 9000, "nodemailer-best": 2000, "smtp-source": 30_000 })],
  intactness: [{ client: "ours", messages: 20, damage: [] }],
};

test("says when, where and with what it was measured", () => {
  const document = toDocument(report, {});
  expect(document).toContain("Measured on 2026-11-26 with `npm run bench` (20 minutes)");
  expect(document).toContain("Some CPU, 2 cores, 24 GB; Debian; nodemailer 10.6.0.");
  expect(document).toContain("Not measured yet: `npm run bench -- --million`.");
});

test("says which targets were reached, and which were not", () => {
  const document = toDocument(report, {});
  expect(document).toMatch(
    /\| rate to nodemailer pool, best +\| 4.00x \(aim 6.00x\) +\| 4.50x [^|]*\| yes +\|/,
  );
  expect(document).toMatch(/\| rate to smtp-source \(C\) +\| 45 % \(aim 70 %\) +\| 30 % [^|]*\| no +\|/);
});

test("shows every scenario with all its clients", () => {
  const document = toDocument(report, {});
  expect(document).toContain("### 2KB, 5 connections");
  expect(document).toMatch(/\| ours +\| 9000 /);
  expect(document).toMatch(/\| smtp-source \(C\) +\| 30000 /);
});

test("owns up to damage", () => {
  expect(toDocument(report, {})).toContain("Every message arrived once, and as it was sent.");
  const damaged = {
    ...report,
    intactness: [{ client: "upyo", messages: 1, damage: ["message 1: text"] }],
  } as const;
  expect(toDocument(damaged, {})).toContain("- upyo: message 1: text");
  expect(toDocument(damaged, {})).not.toContain("Every message arrived once");
});

test("shows the memory of a million messages", () => {
  const samples = [1, 2].map((it) => ({
    ...{ atSeconds: it * 40, messages: it * 500_000, rssBytes: 120e6, heapUsedBytes: 20e6 },
  }));
  const recordedAt = "2026-11-26T09:00:00.000Z";
  const million = { ...{ recordedAt, messages: 1_000_000, elapsedSeconds: 80, flat: true }, samples };
  const document = toDocument(report, { million });
  expect(document).toContain("1,000,000 messages of 2 KB in one `sendBatch`");
  expect(document).toContain("12500 a second. Memory is flat.");
  expect(document).toMatch(/\| 1,000,000 \| 80 +\| 120 +\| 20 +\|/);
});

test("shows how long webhooks take, and beside what", () => {
  expect(toDocument(report, {})).toContain("Not measured yet: `npm run bench -- --webhooks`.");
  const spread = (median: number) => ({ median, minimum: median / 2, maximum: median * 2 });
  const document = toDocument(report, {
    webhooks: {
      ...{
        recordedAt: "2026-11-26T09:00:00.000Z",
        machine: "Some CPU",
        events: 1000,
        bytes: 470_123,
        rounds: 15,
      },
      readers: [
        { name: "JSON.parse alone", events: 1000, milliseconds: spread(2), ratio: spread(1) },
        { name: "ours: verify alone", events: 0, milliseconds: spread(1), ratio: spread(0.5) },
      ],
    },
  });
  expect(document).toContain("1,000 events of SendGrid in one signed request of 470 KB, on 2026-11-26");
  expect(document).toMatch(/\| JSON.parse alone +\| 2.00 +\| 1.00x \(0.50 to 2.00\) +\| 1000 +\| 500000 +\|/);
  expect(document).toMatch(/\| ours: verify alone +\| 1.00 +\| 0.50x \(0.25 to 1.00\) +\| +\| 1000000 +\|/);
});

test("shows where the time goes, and what is left for the server", () => {
  expect(toDocument(report, {})).toContain("Not measured in this run.");
  const shares = Object.fromEntries(layers.map((layer, index) => [layer, index / 100]));
  const document = toDocument(report, {}, [
    { scenario: "2KB, 5 connections", shares: shares as LayerShares },
    { scenario: "2KB, 5 connections, Postfix", shares: shares as LayerShares },
  ]);
  expect(document).toMatch(/\| +\| 2KB, 5 connections +\| 2KB, 5 connections, Postfix +\|/);
  expect(document).toMatch(/\| of 2 cores, our client +\| 40 % +\| +\|/);
  expect(document).toMatch(/\| the server +\| 45 % +\| +\|/);
  expect(document).toMatch(/\| core +\| 2 % +\| 2 % +\|/);
});
