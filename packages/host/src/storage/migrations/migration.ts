export interface Migration {
  /** Counts from 1 without gaps. A migration that was released never changes. */
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}
