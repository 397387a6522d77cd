import { officeScope, seesAllOffices, sql, type Actor, type RawBuilder } from '@recoup/service-kit';
import { bulkActionScope } from '../bulk-actions/bulk-action-view.sql.js';

/**
 * Audit lines that an actor may see: those of accounts in the actor's offices, those of bulk actions in sight, and of the
 * others without an account the actor's own. Who holds all offices sees all (S3).
 */
export function auditScope(actor: Actor): RawBuilder<unknown> {
  if (seesAllOffices(actor)) return sql`TRUE`;
  return sql`CASE
    WHEN audit.account_id IS NOT NULL THEN EXISTS (
      SELECT 1 FROM accounts a JOIN offices o ON o.id = a.office_id
      WHERE a.id = audit.account_id AND ${officeScope(actor, sql`o.code`)})
    WHEN audit.actor = ${actor.user} THEN TRUE
    ELSE EXISTS (SELECT 1 FROM bulk_actions b JOIN runs r ON r.id = b.id
                 WHERE b.id = audit.bulk_action_id AND ${bulkActionScope(actor)}) END`;
}
