import { describe, expect, test } from "vitest";
import { toScenario } from "../scenarios/to-scenario.js";
import { parseCommand } from "./parse-command.js";

test.each([
  ["", { mode: "full", rounds: 5, seconds: 1.2, only: "" }],
  ["--rounds 2 --seconds 0.3 --only Postfix", { mode: "full", rounds: 2, seconds: 0.3, only: "Postfix" }],
  ["--short", { mode: "short" }],
  ["--million", { mode: "million", messages: 1_000_000 }],
  ["--million --messages 5000", { mode: "million", messages: 5000 }],
  ["--webhooks", { mode: "webhooks", rounds: 15 }],
  ["--webhooks --rounds 2", { mode: "webhooks", rounds: 2 }],
])("npm run bench -- %s", (line, command) => {
  expect(parseCommand(line.split(" ").filter(Boolean))).toEqual(command);
});

test.each([
  ["2KB", toScenario()],
  ["200KB", toScenario({ kind: "200KB" })],
  ["2KB, 5 connections, STARTTLS", toScenario({ tls: "starttls" })],
])("npm run bench -- --profile ours %j", (beginning, scenario) => {
  const command = parseCommand(["--profile", "ours", beginning]);
  expect(command).toMatchObject({ mode: "profile", client: "ours", scenario: { name: scenario.name } });
});

describe("refuses", () => {
  test.each([
    ["--shrt", "--shrt"],
    ["2KB", "2KB has no meaning here"],
    ["--rounds many", "many is no number"],
    ["--rounds 0", "0 is no number above 0"],
    ["--short --rounds 5", "--rounds has no meaning here"],
    ["--messages 5", "--messages has no meaning here"],
    ["--million --short", "--short has no meaning here"],
    ["--webhooks --short", "--short has no meaning here"],
    ["--webhooks --seconds 2", "--seconds has no meaning here"],
    ["--million --webhooks", "--webhooks has no meaning here"],
    ["--profile", "nothing is not one of ours"],
    ["--profile theirs 2KB", "theirs is not one of ours"],
    ["--profile ours", 'begins with ""'],
    ["--profile ours 3KB", 'begins with "3KB"'],
    ["--profile smtp-source 2KB", "not a Node program"],
    ["--profile ours 2KB 20KB", "20KB has no meaning here"],
  ])("%s", (line, message) => {
    expect(() => parseCommand(line.split(" "))).toThrow(message);
  });
});
