/** One thing to know about a record. */
export interface Finding {
  /** Stable. */
  readonly code: string;
  /** `error`: mail fails or will fail. `warning`: it works and should be better. `note`: good to know. */
  readonly severity: "error" | "warning" | "note";
  /** What is so and what to do, as sentences. */
  readonly message: string;
}
