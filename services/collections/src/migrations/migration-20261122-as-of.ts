import { Migration } from '@mikro-orm/migrations';

/**
 * A past day's report adds up movements by account and invoice: this index has all that it reads, in its order, so that ten
 * million movements are added up in one pass without sorting or spilling. It also finds an account's movements, which the
 * index that it takes the place of was for.
 */
export class AsOfMigration extends Migration {
  override up(): void {
    this.addSql('DROP INDEX movements_account');
    this.addSql(`CREATE INDEX movements_account ON movements (account_id, invoice_id, due_date, effective_date)
      INCLUDE (amount, credit_amount)`);
  }
}
