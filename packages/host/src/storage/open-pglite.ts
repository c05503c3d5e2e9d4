import type { Results } from "@electric-sql/pglite";
import type { Database, Queryable, Row } from "./database.js";
import { lockFolder } from "./lock-folder.js";

interface Source {
  query(sql: string, parameters?: unknown[]): Promise<Results<Row>>;
}

const toQueryable = (source: Source): Queryable => ({
  query: async (sql, parameters = []) => (await source.query(sql, [...parameters])).rows,
});

/**
 * Opens the embedded PostgreSQL: in `folder` (made if it is missing), or in memory without one.
 * A folder serves one process at a time; a second one is refused, because PGlite itself would let both write.
 * Rows survive `kill -9` of the process, but PGlite does not sync to the disk: a power cut may lose the last ones.
 */
export async function openPglite(options: { readonly folder?: string | undefined } = {}): Promise<Database> {
  const { PGlite } = await import("@electric-sql/pglite");
  const unlock = options.folder === undefined ? async () => {} : await lockFolder(options.folder);
  try {
    const pglite = await PGlite.create(options.folder ?? "memory://");
    let closing: Promise<void> | undefined;
    return {
      ...toQueryable(pglite),
      transaction: (run) => pglite.transaction((transaction) => run(toQueryable(transaction))),
      close: () => (closing ??= pglite.close().finally(unlock)),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}
