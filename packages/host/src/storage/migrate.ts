import * as z from "zod";
import type { Database } from "./database.js";
import { firstTables } from "./migrations/0001-first-tables.js";
import { webhooks } from "./migrations/0002-webhooks.js";
import { webhookCleanUp } from "./migrations/0003-webhook-clean-up.js";
import type { Migration } from "./migrations/migration.js";

const migrations: readonly Migration[] = [firstTables, webhooks, webhookCleanUp];

/** An arbitrary number that no other program on the same server is likely to use. */
const lockKey = 5_839_201_477;

const appliedRow = z.object({ number: z.number().int() });

/**
 * Brings the database to the current form: all missing migrations in one transaction, in order, each recorded.
 * Safe to call at every start and from several processes at once. Rejects for a database of a newer version.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query("select pg_advisory_xact_lock($1::bigint)", [lockKey]);
    await transaction.query(
      `create table if not exists schema_migrations (
        number integer primary key,
        name text not null,
        applied_at timestamptz not null default now()
      )`,
    );
    const rows = await transaction.query("select number from schema_migrations");
    const applied = new Set(rows.map((row) => appliedRow.parse(row).number));
    const newest = Math.max(0, ...applied);
    if (newest > migrations.length) {
      throw new Error(
        `The database is at schema version ${newest}, this program knows ${migrations.length}: start a newer version of it.`,
      );
    }
    for (const { number, name, statements } of migrations) {
      if (applied.has(number)) continue;
      for (const statement of statements) await transaction.query(statement);
      await transaction.query("insert into schema_migrations (number, name) values ($1, $2)", [number, name]);
    }
  });
}
