import { Migration } from '@mikro-orm/migrations';

const role = 'recoup_ledger';

/** Numbers of fee invoices, and which action rolled a freeze back, so that asking twice has one effect (LED-50, LED-52). */
export class BulkCommandsMigration extends Migration {
  override up(): void {
    this.addSql('CREATE SEQUENCE fee_invoice_numbers');
    this.addSql(`GRANT USAGE ON SEQUENCE fee_invoice_numbers TO ${role}`);
    for (const table of ['freezes', 'frozen_subscriptions']) {
      this.addSql(`ALTER TABLE ${table} ADD COLUMN rolled_back_action uuid`);
      this.addSql(`GRANT UPDATE (rolled_back_action) ON ${table} TO ${role}`);
    }
  }
}
