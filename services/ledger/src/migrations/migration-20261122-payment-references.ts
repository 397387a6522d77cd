import { Migration } from '@mikro-orm/migrations';

/** Payments are found by their reference: an import looks each of its rows up, whatever the account has been paid before. */
export class PaymentReferencesMigration extends Migration {
  override up(): void {
    this.addSql(`CREATE INDEX transactions_reference ON transactions (account_id, reference)
                 WHERE kind = 'payment' AND reference IS NOT NULL`);
  }
}
