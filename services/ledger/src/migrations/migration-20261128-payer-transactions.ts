import { Migration } from '@mikro-orm/migrations';

/** What a payer paid, and what was queued to it or recalled from it, is found by the payer: most transactions have none. */
export class PayerTransactionsMigration extends Migration {
  override up(): void {
    this.addSql(
      'CREATE INDEX transactions_payer ON transactions (payer_id, effective_date) WHERE payer_id IS NOT NULL',
    );
  }
}
