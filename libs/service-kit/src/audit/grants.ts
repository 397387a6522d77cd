import type { ServiceName } from '@recoup/contracts';

/** The tables of this kit that a service may only add to. */
export const kitAppendOnlyTables = ['audit'] as const;

/**
 * Statements for the end of a service's migration, which runs as its owner: the service role reads and writes rows,
 * the reader role reads, and nobody but the owner changes or removes rows of append-only tables (S20, S21).
 * @param appendOnly further append-only tables of the service, such as its postings
 */
export function serviceGrantsSql(service: ServiceName, appendOnly: readonly string[] = []): string[] {
  const role = `recoup_${service}`;
  return [
    `GRANT USAGE ON SCHEMA public TO ${role}, ${role}_reader`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    `GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}_reader`,
    ...appendOnlyGrantsSql(role, [...kitAppendOnlyTables, ...appendOnly]),
    migrationLogSql(role),
  ];
}

/** Takes from a role what would change or remove rows of tables that are only added to. */
export function appendOnlyGrantsSql(role: string, tables: readonly string[]): string[] {
  return tables.map((table) => `REVOKE UPDATE, DELETE, TRUNCATE ON ${identifier(table)} FROM ${role}`);
}

/** The list of migrations belongs to the owner alone; on a first run it may not exist yet when grants are given. */
function migrationLogSql(role: string): string {
  return `DO $$ BEGIN
    IF to_regclass('public.mikro_orm_migrations') IS NOT NULL THEN
      REVOKE INSERT, UPDATE, DELETE ON mikro_orm_migrations FROM ${role};
    END IF;
  END $$`;
}

function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`${name} is not a plain table name`);
  return name;
}
