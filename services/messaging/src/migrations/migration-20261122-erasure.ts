import { Migration } from '@mikro-orm/migrations';
import { accountNumbersSql, receivablesErasureGrantsSql, receivablesErasureSql } from '@recoup/receivables';
import { tombstonesSql } from '@recoup/service-kit';

/** Erased accounts stay erased, and each is confirmed by an event under the account's own number (S28). */
export class ErasureMigration extends Migration {
  override up(): void {
    const statements = [tombstonesSql, receivablesErasureSql, accountNumbersSql('messaging')];
    for (const statement of [...statements, receivablesErasureGrantsSql('messaging')]) this.addSql(statement);
  }
}
