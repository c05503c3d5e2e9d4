import type { SuggestedPatch } from "@getfluxly/email-core";
import { findingOf } from "./finding-of.js";
import type { Finding, Observation } from "./observation.js";

/** Port and TLS mode under which a probe reached the relay; undefined if it reached it nowhere. */
export function workingSettings(
  _observation: Observation,
  findings: readonly Finding[],
): Omit<SuggestedPatch, "because"> | undefined {
  const [best] = findingOf(findings, "settings")?.works ?? [];
  return best && { set: { smtp_port: best.port, smtp_secure: best.tlsMode }, verified: true };
}
