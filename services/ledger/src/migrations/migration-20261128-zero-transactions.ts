import { Migration } from '@mikro-orm/migrations';

/**
 * Finds an office's latest transaction of 0.00: it posts nothing, so the daybook doesn't have it. There are few, and only they
 * are in this index.
 */
export class ZeroTransactionsMigration extends Migration {
  override up(): void {
    this.addSql('CREATE INDEX transactions_zero ON transactions (office_id, effective_date) WHERE amount = 0');
  }
}
