import { sql, type RawBuilder } from '@recoup/service-kit';
import type { ChunkOrigin } from './chunk-origin.js';

/** Staged as the write-offs are, and for the same reason. */
export const reversalTablesSql = [
  sql`CREATE TEMP TABLE IF NOT EXISTS reversal_items (
        position int, account_id uuid, reverses_id uuid, office_id uuid, currency text, balance bigint, sequence bigint,
        today date, transaction_id uuid, amount bigint, status text, reason text) ON COMMIT DROP`,
  sql`TRUNCATE reversal_items`,
];

/**
 * Judges the transactions that an undo would reverse: known, of that account and in the actor's offices, a write-off, not
 * yet reversed. Later payments don't matter: what the write-off closed opens again (`rulings`, 5).
 */
export function stageReversalsSql(items: readonly object[], origin: ChunkOrigin): RawBuilder<unknown> {
  const offices = [...origin.offices];
  return sql`
    INSERT INTO reversal_items
    SELECT w.position, w.account_id, w.transaction_id, t.office_id, t.currency, t.balance, t.sequence, t.today, uuidv7(), t.amount,
           split_part(v.verdict, ':', 1), nullif(split_part(v.verdict, ':', 2), '')
    FROM (SELECT "accountId" AS account_id, "transactionId" AS transaction_id, ordinality::int AS position,
                 row_number() OVER (PARTITION BY "accountId" ORDER BY ordinality) AS nth
          FROM ROWS FROM (json_to_recordset(${JSON.stringify(items)}::json) AS ("accountId" uuid, "transactionId" uuid))
            WITH ORDINALITY) w
    LEFT JOIN LATERAL (
      SELECT t.id, t.kind, t.amount, a.office_id, a.currency, a.balance, a.sequence,
             (${origin.recordedAt}::timestamptz AT TIME ZONE o.time_zone)::date AS today
      FROM transactions t JOIN accounts a ON a.id = t.account_id JOIN offices o ON o.id = a.office_id
      WHERE t.id = w.transaction_id AND a.id = w.account_id
        AND ('*' = ANY(${offices}::text[]) OR o.code = ANY(${offices}::text[]))) t ON true
    CROSS JOIN LATERAL (SELECT CASE
      WHEN w.nth > 1 THEN 'failed:repeated-account'
      WHEN t.id IS NULL THEN 'failed:unknown-transaction'
      WHEN t.kind <> 'write-off' THEN 'failed:not-reversible'
      WHEN EXISTS (SELECT FROM transactions r WHERE r.reverses_id = t.id) THEN 'skipped:already-reversed'
      ELSE 'done:' END AS verdict) v`;
}

/** The mirror image of each write-off, effective today, with its event and audit. */
export function bookReversalsSql(origin: ChunkOrigin): RawBuilder<unknown>[] {
  return [
    sql`INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor, command_id, reverses_id)
        SELECT transaction_id, 'reversal', 'reversal', account_id, office_id, currency, amount, today, ${origin.recordedAt}::timestamptz,
               ${origin.actor}, ${origin.actionId}, reverses_id
        FROM reversal_items WHERE status = 'done'`,
    sql`INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
        SELECT w.transaction_id, p.account_id, p.invoice_id, p.bill_line_id, p.credit, p.debit, p.amount, w.today
        FROM reversal_items w JOIN postings p ON p.transaction_id = w.reverses_id WHERE w.status = 'done'`,
    sql`UPDATE accounts a SET sequence = a.sequence + 1 FROM reversal_items w WHERE w.status = 'done' AND a.id = w.account_id`,
    sql`INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id, causation_id)
        SELECT 'recoup.ledger.events', w.account_id, 'recoup.ledger.transaction-reversed.v1', w.account_id, w.sequence + 1,
               json_build_object('accountId', w.account_id, 'transactionId', w.transaction_id, 'transactionTypeCode', 'reversal',
                 'amount', w.amount, 'currency', w.currency, 'effectiveDate', w.today, 'recordedAt', ${origin.recordedAt}::text,
                 'movements', l.movements, 'creditMovements', '[]'::json, 'reversesTransactionId', w.reverses_id,
                 'commandId', ${origin.actionId}::text),
               ${origin.correlationId}, ${origin.causationId}
        FROM reversal_items w
        JOIN (SELECT p.transaction_id, json_agg(json_build_object('invoiceId', p.invoice_id, 'billLineId', p.bill_line_id,
                       'amount', p.amount, 'effectiveDate', p.effective_date)) AS movements
              FROM reversal_items w JOIN postings p ON p.transaction_id = w.transaction_id
              WHERE w.status = 'done' GROUP BY p.transaction_id) l USING (transaction_id)
        ORDER BY w.account_id`,
    sql`INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
        SELECT ${origin.actor}, 'reverse', 'transaction', transaction_id, account_id, ${origin.actionId},
               jsonb_build_object('balance', balance),
               jsonb_build_object('balance', balance + amount, 'amount', amount, 'currency', currency, 'reverses', reverses_id,
                                  'approver', ${origin.approver}::text),
               ${origin.correlationId}
        FROM reversal_items WHERE status = 'done'`,
  ];
}

/** The chunk's outcomes in the order in which they were asked for. */
export const reversalOutcomesSql = sql`
  SELECT account_id AS "accountId", status, reason, CASE status WHEN 'done' THEN amount ELSE 0 END AS amount,
         balance AS "currentAmount", CASE status WHEN 'done' THEN transaction_id END AS "transactionId"
  FROM reversal_items ORDER BY position`;
