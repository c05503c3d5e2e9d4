import type { MacroString } from "./macro-string.js";
import type { Network } from "./parse-network.js";

export type SpfQualifier = "+" | "-" | "~" | "?";

interface Term {
  /** As it stands in the record. */
  readonly source: string;
}

interface Mechanism extends Term {
  readonly qualifier: SpfQualifier;
}

export type SpfMechanism =
  | (Mechanism & { readonly kind: "all" })
  | (Mechanism & { readonly kind: "include" | "exists"; readonly domain: MacroString })
  | (Mechanism & {
      readonly kind: "a" | "mx";
      /** Absent: the domain of the record. */
      readonly domain?: MacroString | undefined;
      readonly prefix4: number;
      readonly prefix6: number;
    })
  | (Mechanism & { readonly kind: "ptr"; readonly domain?: MacroString | undefined })
  | (Mechanism & { readonly kind: "ip4" | "ip6"; readonly network: Network });

export type SpfModifier =
  | (Term & { readonly kind: "redirect" | "exp"; readonly domain: MacroString })
  | (Term & { readonly kind: "unknown" });

export type SpfTerm = SpfMechanism | SpfModifier;

export interface SpfProblem {
  /** The term as it stands in the record. */
  readonly term: string;
  /** What is wrong with it, as a sentence. */
  readonly message: string;
}

/** A record taken apart. With a problem anywhere in it, it is a PermError for every message (RFC 7208 section 4.6). */
export interface SpfRecord {
  readonly source: string;
  /** Those that could be read, in order. */
  readonly terms: readonly SpfTerm[];
  readonly problems: readonly SpfProblem[];
}
