import { Migration } from '@mikro-orm/migrations';
import { receivablesErasureGrantsSql, receivablesErasureSql } from '@recoup/receivables';
import { tombstonesSql } from '@recoup/service-kit';

/** Erased accounts stay erased (S28); the confirmation takes the next number of the account's state. */
export class ErasureMigration extends Migration {
  override up(): void {
    for (const statement of [tombstonesSql, receivablesErasureSql, receivablesErasureGrantsSql('collections')])
      this.addSql(statement);
  }
}
