import { Migration } from '@mikro-orm/migrations';
import { erasedContactsSql } from '@recoup/receivables';

/** What an erasure did not reach before: contact data that could not be read when it came (S28). */
export class ErasedContactsMigration extends Migration {
  override up(): void {
    this.addSql(erasedContactsSql);
  }
}
