/** A result row by column name. Read it with a schema: what a driver returns is not typed. */
export type Row = Readonly<Record<string, unknown>>;

export interface Queryable {
  /**
   * Runs one statement of plain PostgreSQL with `$1` placeholders.
   * `jsonb` comes back parsed, `timestamptz` as Date; a `jsonb` parameter is given as JSON text.
   */
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
}

/** All that the host asks of a database; PGlite and PostgreSQL drivers fit behind it. */
export interface Database extends Queryable {
  /** Commits when `run` resolves, rolls back when it rejects. */
  transaction<Result>(run: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}
