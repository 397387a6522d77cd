import { Migration } from '@mikro-orm/migrations';
import { receivablesPayersGrantsSql, receivablesPayersTablesSql } from '@recoup/receivables';

/** The projection keeps who owes, who paid, and for which service. */
export class PayersMigration extends Migration {
  override up(): void {
    for (const statement of [receivablesPayersTablesSql, ...receivablesPayersGrantsSql('messaging')])
      this.addSql(statement);
  }
}
