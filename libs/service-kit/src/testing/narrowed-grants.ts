import { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceName } from '@recoup/contracts';
import { databaseOptions, rows, run, sql, type Db, type DatabaseParts } from '../database/database.js';
import { createTestDatabase } from './test-database.js';

/** What a service may write, column by column. */
type Grants = readonly string[];

/**
 * Functions with the owner's rights that would take a temporary table of a service for a book: those that don't name the
 * temporary schema as the last to look in.
 */
async function shadowable(db: Db): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    sql`SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
          AND 'search_path=public, pg_temp' <> ALL(coalesce(proconfig, '{}')) ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}

/**
 * What the service's role may write of some tables as its migrations have it, and after writing was given on all of them, as
 * databases did by default, and its migration took it back. Beside it the functions that a temporary table could mislead.
 */
export async function narrowedGrants(
  parts: DatabaseParts,
  service: ServiceName,
  tables: readonly string[],
): Promise<{ migrated: Grants; narrowed: Grants; misled: string[] }> {
  const database = await createTestDatabase(parts, service);
  const owner = await MikroORM.init(databaseOptions(database.ownerUrl, parts, 2, 'test'));
  try {
    const db = owner.em.fork();
    const migrated = await grantsOf(db, service, tables);
    await run(db, sql.raw(`GRANT INSERT, UPDATE, DELETE ON ${tables.join(', ')} TO recoup_${service}`));
    const { class: Narrower } = parts.migrations.find(({ name }) => name.endsWith('narrower-grants')) ?? {};
    if (Narrower === undefined) throw new Error(`${service} has no such migration`);
    const migration = new Narrower(owner.em.getDriver(), owner.config);
    await migration.up();
    for (const statement of migration.getQueries?.() ?? []) await run(db, sql.raw(String(statement)));
    return { migrated, narrowed: await grantsOf(db, service, tables), misled: await shadowable(db) };
  } finally {
    await owner.close(true);
    await database.drop();
  }
}

async function grantsOf(db: Db, service: ServiceName, tables: readonly string[]): Promise<Grants> {
  const found = await rows<{ granted: string }>(
    db,
    sql`SELECT table_name || '.' || column_name || ' ' || privilege_type AS granted FROM information_schema.column_privileges
        WHERE grantee = ${`recoup_${service}`} AND table_name = ANY(${[...tables]}::text[])
        UNION SELECT table_name || ' ' || privilege_type FROM information_schema.table_privileges
        WHERE grantee = ${`recoup_${service}`} AND table_name = ANY(${[...tables]}::text[]) ORDER BY 1`,
  );
  return found.map(({ granted }) => granted);
}
