import type { ClientName } from "../clients/client-name.js";
import type { Scenario } from "./scenario.js";

const usual = {
  kind: "2KB",
  connections: 5,
  roundTripMs: 0,
  tls: "none",
  server: "sink",
  clients: ["ours", "nodemailer-best", "nodemailer-default", "upyo", "smtp-source"],
} as const satisfies Omit<Scenario, "name">;

/** A scenario that differs from the usual one as given. */
export function toScenario(difference: Partial<Omit<Scenario, "name">> = {}): Scenario {
  const settings = { ...usual, ...difference };
  const name = [
    settings.kind,
    `${settings.connections} ${settings.connections === 1 ? "connection" : "connections"}`,
    ...(settings.roundTripMs > 0 ? [`${settings.roundTripMs} ms`] : []),
    ...{ none: [], starttls: ["STARTTLS"], ssl: ["implicit TLS"] }[settings.tls],
    ...(settings.server === "postfix" ? ["Postfix"] : []),
  ].join(", ");
  // smtp-source has no TLS.
  const isPossible = (client: ClientName) => settings.tls === "none" || client !== "smtp-source";
  return { name, ...settings, clients: settings.clients.filter(isPossible) };
}
