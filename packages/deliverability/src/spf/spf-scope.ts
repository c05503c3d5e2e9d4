import type { MacroValues } from "./expand-macros.js";
import type { MacroString } from "./macro-string.js";
import type { SpfEvaluation } from "./spf-evaluation.js";
import type { SpfResult } from "./spf-result.js";

/** Who sends, as an evaluation sees it. */
export type SpfClient = Omit<MacroValues, "domain" | "validatedName">;

export type SpfVerdict = Pick<SpfResult, "result" | "explanation" | "mechanism">;

/** What the evaluation of one record has at hand. */
export interface SpfScope {
  readonly client: SpfClient;
  readonly evaluation: SpfEvaluation;
  /** The name that a term means, macros expanded; absent: the domain of the record. `%{p}` counts as a lookup. */
  toName(domain: MacroString | undefined): Promise<string>;
  /** Macros expanded and nothing counted, as `exp=` needs it. */
  expand(text: MacroString): Promise<string>;
  /** The verdict of another record, for `include`. */
  evaluate(domain: string): Promise<SpfVerdict>;
}
