import { Migration } from '@mikro-orm/migrations';
import { daybookTablesSql } from './daybook-tables.sql.js';

const role = 'recoup_ledger';
const reader = 'recoup_ledger_reader';

/** What the reports on the books read: the daybook, and the orders in which they page (LED-5). */
export class DaybookMigration extends Migration {
  override up(): void {
    this.addSql(daybookTablesSql);
    this.addSql(`GRANT SELECT ON daybook, daybook_entries, daybook_figures TO ${role}, ${reader}`);
    this.addSql('REVOKE EXECUTE ON FUNCTION sum_up_daybook FROM PUBLIC');
    this.addSql(`GRANT EXECUTE ON FUNCTION sum_up_daybook TO ${role}`);
  }
}
