import type { MacroString } from "./macro-string.js";
import type { Network } from "./parse-network.js";

export type SpfQualifier = "+" | "-" | "~" | "?";

interface Term {
  /** As it stands in the record. */
  readonly source: string;
}

/** One member of a union for each kind, so that TypeScript can tell them apart. */
type Mechanism<Kind, Rest> = Kind extends string
  ? Term & { readonly kind: Kind; readonly qualifier: SpfQualifier } & Rest
  : never;

export type SpfMechanism =
  | Mechanism<"all", unknown>
  | Mechanism<"include" | "exists", { readonly domain: MacroString }>
  | Mechanism<
      "a" | "mx",
      {
        /** Absent: the domain of the record. */
        readonly domain?: MacroString | undefined;
        readonly prefix4: number;
        readonly prefix6: number;
      }
    >
  | Mechanism<"ptr", { readonly domain?: MacroString | undefined }>
  | Mechanism<"ip4" | "ip6", { readonly network: Network }>;

type DomainModifier<Kind> = Kind extends string
  ? Term & { readonly kind: Kind; readonly domain: MacroString }
  : never;

export type SpfModifier = DomainModifier<"redirect" | "exp"> | (Term & { readonly kind: "unknown" });

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
