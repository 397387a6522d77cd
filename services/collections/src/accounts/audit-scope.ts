import { officeScope, seesAllOffices, sql, type Actor, type RawBuilder } from '@recoup/service-kit';

/** Audit lines that an actor may see: those of accounts in the actor's offices, and those of no account (S3). */
export function auditScope(actor: Actor): RawBuilder<unknown> {
  if (seesAllOffices(actor)) return sql`TRUE`;
  return sql`(audit.account_id IS NULL OR EXISTS (
    SELECT 1 FROM accounts a JOIN offices o ON o.id = a.office_id
    WHERE a.id = audit.account_id AND ${officeScope(actor, sql`o.code`)}))`;
}
