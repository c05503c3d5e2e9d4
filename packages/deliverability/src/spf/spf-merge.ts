/** What came of joining records with a relay's terms. */
export type SpfMerge =
  | {
      readonly outcome: "merged";
      /** The one record to publish. */
      readonly record: string;
      /** It differs from what is published. */
      readonly changed: boolean;
      /** Terms that were not in force before. */
      readonly added: readonly string[];
      /** What was left out or chosen, and why. */
      readonly notes: readonly string[];
    }
  | {
      readonly outcome: "refused";
      /** Why only a person can decide, as sentences. */
      readonly reasons: readonly string[];
    };
