import { expect, test } from "vitest";
import { summaryOf } from "../report/__fixtures__/summaries.js";
import { toText } from "../report/table.js";
import { fullScenarios, shortScenarios } from "../scenarios/scenarios.js";
import { checkRatios } from "./check-ratios.js";
import { toGateTable } from "./to-gate-table.js";
import { toRatios } from "./to-ratios.js";

const before = [summaryOf({ ours: 8000, upyo: 4000, "smtp-source": 16_000 })];
const recorded = { ratios: toRatios(before) };
const at = (ours: number) => [summaryOf({ ours, upyo: 4000, "smtp-source": 16_000 })];

test("passes what was recorded, and up to four tenths less", () => {
  expect(checkRatios(before, recorded).map(({ passed }) => passed)).toEqual([true, true]);
  expect(checkRatios(at(4800), recorded).map(({ passed }) => passed)).toEqual([true, true]);
});

test("fails below, and says which", () => {
  const checks = checkRatios(at(4700), recorded);
  expect(checks).toEqual([
    expect.objectContaining({ client: "upyo", measured: 1.175, recorded: 2, passed: false }),
    expect.objectContaining({ client: "smtp-source", recorded: 0.5, passed: false }),
  ]);
  expect(toText(toGateTable(checks))).toMatch(/@upyo\/smtp pool +1.18x +2.00x +1.20x +FAILED/);
});

test("fails what was never recorded", () => {
  expect(checkRatios(before, {}).map(({ passed }) => passed)).toEqual([false, false]);
  const elsewhere = [summaryOf({ ours: 8000, upyo: 4000 }, { kind: "20KB" })];
  expect(checkRatios(elsewhere, recorded).map(({ passed }) => passed)).toEqual([false]);
});

test("the full run records every ratio that the short one looks up", () => {
  for (const { name, clients } of shortScenarios) {
    const whole = fullScenarios.find((scenario) => scenario.name === name);
    expect(whole?.clients).toEqual(expect.arrayContaining([...clients]));
  }
});
