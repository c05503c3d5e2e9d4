import { clientNames } from "../clients/client-name.js";
import type { Scenario } from "./scenario.js";
import { toScenario } from "./to-scenario.js";

/**
 * Everything that a target is set for, and around the usual case (2 KB, 5 connections, no delay, no TLS) one thing
 * varied at a time: all combinations would take hours.
 */
export const fullScenarios: readonly Scenario[] = [
  toScenario({ clients: clientNames }),
  toScenario({ kind: "20KB" }),
  toScenario({ kind: "200KB" }),
  toScenario({ kind: "attachment" }),
  toScenario({ connections: 1 }),
  toScenario({ connections: 20 }),
  toScenario({ roundTripMs: 20, clients: clientNames }),
  toScenario({ roundTripMs: 50 }),
  toScenario({ roundTripMs: 20, connections: 1 }),
  toScenario({ roundTripMs: 20, connections: 20 }),
  toScenario({ roundTripMs: 20, kind: "200KB" }),
  toScenario({ roundTripMs: 20, kind: "attachment" }),
  toScenario({ tls: "starttls" }),
  toScenario({ tls: "ssl" }),
  toScenario({ tls: "ssl", kind: "attachment" }),
  toScenario({ server: "postfix" }),
];

/** What fits into a minute, for the gate. */
export const shortScenarios: readonly Scenario[] = [
  toScenario({ clients: ["ours", "nodemailer-best", "upyo", "smtp-source"] }),
  toScenario({ kind: "20KB", clients: ["ours", "nodemailer-best", "upyo"] }),
  toScenario({ kind: "attachment", clients: ["ours", "nodemailer-best"] }),
  toScenario({ roundTripMs: 20, clients: ["ours", "nodemailer-best"] }),
  toScenario({ tls: "starttls", clients: ["ours", "nodemailer-best"] }),
  toScenario({ server: "postfix", clients: ["ours", "nodemailer-best"] }),
];
