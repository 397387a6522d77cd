import { Migration } from '@mikro-orm/migrations';
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

/** What of the kit's later tables a service only reads and adds to, or takes away from. */
const kitNarrowerGrants = (role: string): string[] => [
  `REVOKE UPDATE, DELETE ON audit_blocks FROM ${role}`,
  `REVOKE INSERT, UPDATE ON audit_unsealed FROM ${role}`,
];

/**
 * A service's migration for databases that were made while writing was given on every later table by default: what no
 * migration gave is taken away, so that the chain that seals the audit can't be made anew by who writes the audit (S20, S21).
 * @param further statements for the service's own tables
 */
export function narrowerGrantsMigration(
  service: ServiceName,
  further: readonly string[] = [],
): new (...given: ConstructorParameters<typeof Migration>) => Migration {
  const statements = [...kitNarrowerGrants(`recoup_${service}`), ...further];
  return class NarrowerGrantsMigration extends Migration {
    override up(): void {
      for (const statement of statements) this.addSql(statement);
    }
  };
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
