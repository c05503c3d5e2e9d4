import { isSameOrBelow } from "../dns/is-same-or-below.js";
import { normalizeName } from "../dns/normalize-name.js";
import { findValidatedNames } from "./find-validated-names.js";
import type { Address } from "./parse-network.js";
import type { SpfEvaluation } from "./spf-evaluation.js";

/** What `%{p}` becomes (RFC 7208 section 7.3): the domain itself, else a name below it, else any, else `unknown`. */
export async function toPreferredName(
  address: Address,
  domain: string,
  evaluation: SpfEvaluation,
): Promise<string> {
  const names = await findValidatedNames(address, evaluation);
  return (
    names.find((name) => name === normalizeName(domain)) ??
    names.find((name) => isSameOrBelow(name, domain)) ??
    names[0] ??
    "unknown"
  );
}
