import { officeScope, seesAllOffices, sql, type Actor, type RawBuilder } from '@recoup/service-kit';

/** Audit lines of accounts follow the accounts' offices; those of no account are shown to who wrote them, or sees all (S3). */
export function accountAuditScope(actor: Actor): RawBuilder<unknown> {
  if (seesAllOffices(actor)) return sql`TRUE`;
  return sql`CASE WHEN audit.account_id IS NULL THEN audit.actor = ${actor.user}
    ELSE EXISTS (SELECT 1 FROM accounts a JOIN offices o ON o.id = a.office_id
                 WHERE a.id = audit.account_id AND ${officeScope(actor, sql`o.code`)}) END`;
}
