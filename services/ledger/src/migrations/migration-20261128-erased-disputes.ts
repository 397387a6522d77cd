import { Migration } from '@mikro-orm/migrations';

/**
 * Answers kept for repeats that tell a dispute are found by their account, to be erased with it (S28); what is kept of
 * accounts erased before goes now.
 */
export class ErasedDisputesMigration extends Migration {
  override up(): void {
    this.addSql(`CREATE INDEX idempotency_disputes ON idempotency_keys ((response->>'accountId'))
                 WHERE response->>'openedOn' IS NOT NULL`);
    this.addSql(`UPDATE disputes d SET reason = 'erased', version = d.version + 1 FROM accounts a
                 WHERE a.id = d.account_id AND a.erased_at IS NOT NULL AND d.reason <> 'erased'`);
    this.addSql(`UPDATE idempotency_keys k SET response = k.response || '{"reason": "erased"}' FROM accounts a
                 WHERE a.erased_at IS NOT NULL AND k.response->>'openedOn' IS NOT NULL AND k.response->>'accountId' = a.id::text`);
  }
}
