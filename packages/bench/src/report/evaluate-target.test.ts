import { describe, expect, test } from "vitest";
import { fullScenarios } from "../scenarios/scenarios.js";
import { targets } from "../scenarios/targets.js";
import { summaryOf } from "./__fixtures__/summaries.js";
import { evaluateTarget } from "./evaluate-target.js";

const scenario = "2KB, 5 connections";
const summaries = [summaryOf({ ours: 8000, "nodemailer-best": 2000, "smtp-source": 16_000 })];

describe("a target for a ratio", () => {
  const target = (atLeast: number) => ({ scenario, what: "ratio", to: "nodemailer-best", atLeast }) as const;

  test("is reached from its value on", () => {
    expect(evaluateTarget(target(4), summaries)).toMatchObject({
      ...{ reached: true, wanted: "4.00x", measured: "4.00x (4.00 to 4.00)" },
    });
    expect(evaluateTarget(target(4.01), summaries)).toMatchObject({ reached: false });
  });
  test("shows its aim", () => {
    const wanted = { scenario, what: "ratio", to: "smtp-source", atLeast: 0.45, aim: 0.7 } as const;
    expect(evaluateTarget(wanted, summaries)).toMatchObject({ reached: true, wanted: "45 % (aim 70 %)" });
  });
  test("has no verdict without a measurement", () => {
    expect(evaluateTarget({ ...target(4), scenario: "other" }, summaries)).toBeUndefined();
    expect(evaluateTarget({ ...target(4), to: "upyo" }, summaries)).toBeUndefined();
  });
});

test("a target for CPU time is an upper bound", () => {
  const target = (atMostSecondsPer1000: number) => ({ scenario, what: "cpu", atMostSecondsPer1000 }) as const;
  expect(evaluateTarget(target(0.1), summaries)).toMatchObject({ reached: true, measured: "0.100" });
  expect(evaluateTarget(target(0.09), summaries)).toMatchObject({ reached: false });
});

test("a target for memory wants less than the other has", () => {
  const target = { scenario, what: "memory", below: "nodemailer-best" } as const;
  expect(evaluateTarget(target, summaries)).toMatchObject({ reached: false, measured: "100" });
  const smaller = summaries.map((summary) => ({
    ...summary,
    clients: summary.clients.map((it) => (it.client === "ours" ? { ...it, maxRssBytes: 99e6 } : it)),
  }));
  expect(evaluateTarget(target, smaller)).toMatchObject({ reached: true });
});

test("every target speaks of a scenario and a client that the full run measures", () => {
  const found = targets.filter((target) => {
    const clients = fullScenarios.find(({ name }) => name === target.scenario)?.clients;
    return clients?.includes(
      target.what === "ratio" ? target.to : target.what === "memory" ? target.below : "ours",
    );
  });
  expect(found).toEqual(targets);
});
