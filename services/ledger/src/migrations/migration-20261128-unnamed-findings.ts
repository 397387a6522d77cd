import { Migration } from '@mikro-orm/migrations';
import { contactFields } from '../import/mapping-fields.js';

/** Contact data in the findings of earlier imports goes: no erasure could reach it there (S16, S28). */
export class UnnamedFindingsMigration extends Migration {
  override up(): void {
    const names = contactFields.map((field) => `'${field}'`).join(', ');
    this.addSql(`UPDATE import_rejections r SET value = NULL FROM imports i
                 WHERE i.id = r.import_id AND r.value IS NOT NULL
                   AND r.column_name IN (SELECT i.mapping->'columns'->>field FROM unnest(ARRAY[${names}]) AS t (field))`);
  }
}
