import { Migration } from '@mikro-orm/migrations';

const role = 'recoup_ledger';

/** Mappings that people keep for further imports, by name (LED-60). An import keeps the one that it was read by itself. */
export class ImportMappingsMigration extends Migration {
  override up(): void {
    this.addSql(`CREATE TABLE import_mappings (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      name text NOT NULL UNIQUE CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
      mapping json NOT NULL,
      version int NOT NULL DEFAULT 1
    )`);
    this.addSql(`GRANT SELECT, INSERT, DELETE ON import_mappings TO ${role}`);
    this.addSql(`GRANT UPDATE (mapping, version) ON import_mappings TO ${role}`);
    this.addSql(`GRANT SELECT ON import_mappings TO ${role}_reader`);
  }
}
