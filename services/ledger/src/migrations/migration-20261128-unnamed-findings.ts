import { Migration } from '@mikro-orm/migrations';

/** Contact data in the findings of earlier imports goes: no erasure could reach it there (S16, S28). */
export class UnnamedFindingsMigration extends Migration {
  override up(): void {
    this.addSql(`UPDATE import_rejections r SET value = NULL FROM imports i
                 WHERE i.id = r.import_id AND r.value IS NOT NULL
                   AND r.column_name IN (
                     SELECT i.mapping->'columns'->>field
                     FROM unnest(ARRAY['name', 'email', 'phone', 'addressLine', 'postalCode', 'country', 'language', 'timeZone']) AS t (field))
                   AND r.column_name <> ALL (ARRAY[i.mapping->'columns'->>'accountNumber', i.mapping->'columns'->>'officeCode'])`);
  }
}
