import type { Finding } from "./observation.js";

/** What a probe found, if it ran. */
export function findingOf<Probe extends Finding["probe"]>(
  findings: readonly Finding[],
  probe: Probe,
): Extract<Finding, { probe: Probe }> | undefined {
  return findings.find((finding): finding is Extract<Finding, { probe: Probe }> => finding.probe === probe);
}
