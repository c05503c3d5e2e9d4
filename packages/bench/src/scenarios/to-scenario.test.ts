import { expect, test } from "vitest";
import { fullScenarios, shortScenarios } from "./scenarios.js";
import { toScenario } from "./to-scenario.js";

test("a name says size and connections, and what is unusual", () => {
  expect(toScenario().name).toBe("2KB, 5 connections");
  expect(toScenario({ connections: 1, roundTripMs: 20, kind: "attachment" }).name).toBe(
    "attachment, 1 connection, 20 ms",
  );
  expect(toScenario({ tls: "starttls" }).name).toBe("2KB, 5 connections, STARTTLS");
  expect(toScenario({ server: "postfix" }).name).toBe("2KB, 5 connections, Postfix");
});

test("smtp-source is left out where there is TLS", () => {
  expect(toScenario().clients).toContain("smtp-source");
  expect(toScenario({ tls: "ssl" }).clients).not.toContain("smtp-source");
});

test.each([
  ["full", fullScenarios],
  ["short", shortScenarios],
])("the %s run has each name once, and us in each scenario", (_, scenarios) => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  expect(scenarios.every(({ clients }) => clients[0] === "ours")).toBe(true);
});
