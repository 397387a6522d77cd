import { Migration } from '@mikro-orm/migrations';
import { tombstonesSql } from '@recoup/service-kit';
import { erasureSql } from './erasure.sql.js';

const role = 'recoup_ledger';

/** Accounts can be erased; the outbox tells it by tombstones. */
export class ErasureMigration extends Migration {
  override up(): void {
    this.addSql(tombstonesSql);
    this.addSql(erasureSql);
    this.addSql(`GRANT UPDATE (erased_at) ON accounts TO ${role}`);
    this.addSql(`GRANT UPDATE (notes) ON freezes TO ${role}`);
    this.addSql(`GRANT SELECT ON contact_keys_in_use TO ${role}, ${role}_reader`);
  }
}
