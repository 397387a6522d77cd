import { Migration } from '@mikro-orm/migrations';

/**
 * An erased account's name leaves the rows that exports keep too (S28). A trigger of the owner takes it out, in the
 * transaction of the erasure, since the service may only add such rows.
 */
export class ExportedNamesMigration extends Migration {
  override up(): void {
    this.addSql('CREATE INDEX exported_rows_account ON exported_rows (account_id)');
    this
      .addSql(`CREATE FUNCTION erase_exported_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
      BEGIN
        UPDATE exported_rows SET shown = jsonb_set(shown::jsonb, '{name}', 'null')::json WHERE account_id = NEW.id;
        RETURN NULL;
      END $$`);
    this.addSql(`CREATE TRIGGER accounts_erased AFTER UPDATE OF erased_at ON accounts FOR EACH ROW
      WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION erase_exported_name()`);
    this.addSql(`UPDATE exported_rows e SET shown = jsonb_set(shown::jsonb, '{name}', 'null')::json
      FROM accounts a WHERE a.id = e.account_id AND a.erased_at IS NOT NULL`);
  }
}
