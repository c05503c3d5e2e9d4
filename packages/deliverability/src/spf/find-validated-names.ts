import ipaddr from "ipaddr.js";
import { normalizeName } from "../dns/normalize-name.js";
import { isInNetwork } from "./is-in-network.js";
import type { Address } from "./parse-network.js";
import type { SpfEvaluation } from "./spf-evaluation.js";
import { spfLimits } from "./spf-limits.js";
import { toReverseName } from "./to-reverse-name.js";

/**
 * The names of an address that lead back to it (RFC 7208 section 5.5), at most ten. A failed question skips its name;
 * the names of the forward check are not void lookups, because the owner of the record does not choose them.
 */
export async function findValidatedNames(address: Address, evaluation: SpfEvaluation): Promise<string[]> {
  const names = await evaluation.recordsIfAny(toReverseName(address), "PTR");
  const validated: string[] = [];
  for (const name of names.slice(0, spfLimits.names)) {
    const type = address instanceof ipaddr.IPv4 ? "A" : "AAAA";
    const addresses = await evaluation.recordsIfAny(name, type);
    const prefix = address instanceof ipaddr.IPv4 ? 32 : 128;
    if (addresses.some((text) => isInNetwork(address, text, prefix))) validated.push(normalizeName(name));
  }
  return validated;
}
