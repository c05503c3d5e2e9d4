import type { ClientName } from "../clients/client-name.js";
import type { Scenario } from "./scenario.js";
import { toScenario } from "./to-scenario.js";

/** What was set out to be reached, before there was anything to measure. */
export type Target = { readonly scenario: string } & (
  | { readonly what: "ratio"; readonly to: ClientName; readonly atLeast: number; readonly aim?: number }
  | { readonly what: "cpu"; readonly atMostSecondsPer1000: number }
  | { readonly what: "memory"; readonly below: ClientName }
);

type Wanted = readonly [to: ClientName, atLeast: number, aim?: number];

export const targets: readonly Target[] = [
  ...ratios({}, ["nodemailer-best", 4, 6], ["upyo", 1.5], ["smtp-source", 0.45, 0.7]),
  ...ratios({ kind: "20KB" }, ["nodemailer-best", 4, 6], ["upyo", 1.5]),
  ...ratios({ kind: "200KB" }, ["nodemailer-best", 4], ["upyo", 4]),
  ...ratios({ kind: "attachment" }, ["nodemailer-best", 2.5], ["upyo", 2.5]),
  ...ratios({ roundTripMs: 20 }, ["nodemailer-best", 1.8], ["upyo", 4]),
  ...ratios({ roundTripMs: 50 }, ["nodemailer-best", 1.8], ["upyo", 4]),
  ...ratios({ tls: "starttls" }, ["nodemailer-best", 3.5], ["upyo", 2]),
  ...ratios({ tls: "ssl" }, ["nodemailer-best", 3.5], ["upyo", 2]),
  ...ratios({ server: "postfix" }, ["nodemailer-best", 2], ["smtp-source", 0.6]),
  { scenario: toScenario().name, what: "cpu", atMostSecondsPer1000: 0.12 },
  { scenario: toScenario().name, what: "memory", below: "nodemailer-best" },
  { scenario: toScenario({ kind: "attachment" }).name, what: "memory", below: "nodemailer-best" },
];

function ratios(difference: Partial<Omit<Scenario, "name">>, ...wanted: Wanted[]): Target[] {
  const { name: scenario } = toScenario(difference);
  return wanted.map(([to, atLeast, aim]) => ({
    ...{ scenario, what: "ratio", to, atLeast },
    ...(aim !== undefined && { aim }),
  }));
}
