import { parseArgs } from "node:util";
import { clientNames, type LibraryName } from "../clients/client-name.js";
import type { Scenario } from "../scenarios/scenario.js";
import { fullScenarios } from "../scenarios/scenarios.js";

export type BenchCommand =
  | {
      readonly mode: "full";
      readonly rounds: number;
      readonly seconds: number;
      /** Scenarios with this text in their name. */
      readonly only: string;
    }
  | { readonly mode: "short" }
  | { readonly mode: "million"; readonly messages: number }
  | { readonly mode: "webhooks"; readonly rounds: number }
  | {
      readonly mode: "profile";
      readonly client: LibraryName;
      readonly scenario: Scenario;
    };

export const fullPace = { rounds: 5, seconds: 1.2 };

/** With fewer, nothing is recorded. */
export const webhookRounds = 15;

export const usage = `usage: npm run bench [-- OPTIONS]
  (nothing)                everything, about 25 minutes; writes docs/reference/performance.md
  --rounds N --seconds S --only TEXT
                           parts of it, for looking around; writes to .reports only
  --short                  the gate: a minute; fails below 60 % of the recorded ratios
  --million [--messages N] memory over a million messages
  --webhooks [--rounds N]  verifying and reading a batch of a relay's events, half a minute
  --profile CLIENT SCENARIO
                           a CPU profile; CLIENT is ${clientNames.filter((it) => it !== "smtp-source").join(", ")};
                           SCENARIO is how a scenario's name begins, such as 2KB or "2KB, 5 connections, STARTTLS"`;

/** Throws with a sentence for the user. */
export function parseCommand(words: readonly string[]): BenchCommand {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      short: { type: "boolean" },
      million: { type: "boolean" },
      webhooks: { type: "boolean" },
      profile: { type: "boolean" },
      messages: { type: "string" },
      rounds: { type: "string" },
      seconds: { type: "string" },
      only: { type: "string" },
    },
  });
  const refuse = (given: readonly string[]) => {
    const [first] = given;
    if (first !== undefined) throw new Error(`${first} has no meaning here`);
  };
  const named = (...names: (keyof typeof values)[]) =>
    names.filter((name) => values[name] !== undefined).map((name) => `--${name}`);

  if (values.profile) {
    refuse([
      ...positionals.slice(2),
      ...named("short", "million", "webhooks", "messages", "rounds", "seconds", "only"),
    ]);
    const client = oneOf(clientNames, positionals[0]);
    if (client === "smtp-source") throw new Error("smtp-source is not a Node program");
    return { mode: "profile", client, scenario: toKnownScenario(positionals[1] ?? "") };
  }
  refuse(positionals);
  if (values.million) {
    refuse(named("short", "webhooks", "rounds", "seconds", "only"));
    return { mode: "million", messages: toNumber(values.messages, 1_000_000) };
  }
  refuse(named("messages"));
  if (values.webhooks) {
    refuse(named("short", "seconds", "only"));
    return { mode: "webhooks", rounds: toNumber(values.rounds, webhookRounds) };
  }
  if (values.short) {
    refuse(named("rounds", "seconds", "only"));
    return { mode: "short" };
  }
  return {
    mode: "full",
    rounds: toNumber(values.rounds, fullPace.rounds),
    seconds: toNumber(values.seconds, fullPace.seconds),
    only: values.only ?? "",
  };
}

function toNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!(number > 0)) throw new Error(`${text} is no number above 0`);
  return number;
}

function oneOf<T extends string>(values: readonly T[], text: string | undefined): T {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`${text ?? "nothing"} is not one of ${values.join(", ")}`);
  return found;
}

function toKnownScenario(beginning: string): Scenario {
  const found = fullScenarios.find(({ name }) => beginning !== "" && name.startsWith(beginning));
  if (found) return found;
  const names = fullScenarios.map(({ name }) => name).join("; ");
  throw new Error(`No scenario's name begins with "${beginning}". There are: ${names}`);
}
