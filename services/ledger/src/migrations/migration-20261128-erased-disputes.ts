import { Migration } from '@mikro-orm/migrations';

/** Answers kept for repeats that tell a dispute are found by their account, to be erased with it (S28). */
export class ErasedDisputesMigration extends Migration {
  override up(): void {
    this.addSql(`CREATE INDEX idempotency_disputes ON idempotency_keys ((response->>'accountId'))
                 WHERE response->>'openedOn' IS NOT NULL`);
  }
}
