import { run, type Db } from '../database/database.js';
import { prepared } from '../database/prepared.js';
import { correlationId } from '../observability/correlation.js';

/**
 * The audit table: who did what to which thing, with what it was and became. Append-only by grants (S20). Rows hold
 * ids, codes and figures, never contact data (S18).
 */
export const auditTablesSql = `
CREATE TABLE audit (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  action text NOT NULL,
  entity_type text NOT NULL,
  entity_id uuid,
  account_id uuid,
  bulk_action_id uuid,
  before jsonb,
  after jsonb,
  correlation_id text NOT NULL
);
CREATE INDEX audit_account ON audit (account_id, at) WHERE account_id IS NOT NULL;
CREATE INDEX audit_bulk_action ON audit (bulk_action_id, account_id) WHERE bulk_action_id IS NOT NULL;
CREATE INDEX audit_at ON audit (at)`;

/** One line of the audit; `before` and `after` are JSON. */
export interface AuditEntry {
  readonly actor: string;
  readonly action: string;
  readonly entityType: string;
  readonly entityId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly bulkActionId?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Writes one line, in the transaction of the change. For sets, insert with SELECT and `correlationId()` instead. */
export async function recordAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await run(
    tx,
    prepared`INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
        VALUES (${entry.actor}, ${entry.action}, ${entry.entityType}, ${entry.entityId ?? null}, ${entry.accountId ?? null},
                ${entry.bulkActionId ?? null}, ${json(entry.before)}::jsonb, ${json(entry.after)}::jsonb, ${correlationId()})`,
  );
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
