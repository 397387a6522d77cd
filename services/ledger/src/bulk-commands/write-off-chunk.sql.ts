import { eligibilityRows } from '@recoup/contracts';
import { sql, type RawBuilder } from '@recoup/service-kit';
import { linesMax } from '../postings/allocation.js';
import { selfSides } from '../postings/posting-rules.js';
import type { ChunkOrigin } from './chunk-origin.js';

/** Rows of a chunk are staged and analyzed before they are booked: one big statement was 2.5 times slower when tried. */
export const writeOffTablesSql = [
  sql`CREATE TEMP TABLE IF NOT EXISTS write_off_items (
        position int, account_id uuid, office_id uuid, currency text, balance bigint, sequence bigint, today date,
        transaction_id uuid, amount bigint, status text, reason text) ON COMMIT DROP`,
  sql`CREATE TEMP TABLE IF NOT EXISTS write_off_lines (
        transaction_id uuid, account_id uuid, invoice_id uuid, bill_line_id uuid, amount bigint) ON COMMIT DROP`,
  sql`TRUNCATE write_off_items, write_off_lines`,
];

/**
 * Judges a chunk's items under the accounts' locks: known and in the actor's offices, not yet booked by this action,
 * eligible by the table of the contracts, something open. The amount is the lesser of previewed and current balance.
 */
export function stageItemsSql(items: readonly object[], typeCode: string, origin: ChunkOrigin): RawBuilder<unknown> {
  const offices = [...origin.offices];
  return sql`
    INSERT INTO write_off_items
    SELECT w.position, w.account_id, a.office_id, a.currency, a.balance, a.sequence, a.today, uuidv7(), least(w.previewed, a.balance),
           split_part(v.verdict, ':', 1), nullif(split_part(v.verdict, ':', 2), '')
    FROM (SELECT "accountId" AS account_id, "previewedAmount" AS previewed, ordinality::int AS position,
                 row_number() OVER (PARTITION BY "accountId" ORDER BY ordinality) AS nth
          FROM ROWS FROM (json_to_recordset(${JSON.stringify(items)}::json) AS ("accountId" uuid, "previewedAmount" bigint))
            WITH ORDINALITY) w
    LEFT JOIN LATERAL (
      SELECT a.*, (${origin.recordedAt}::timestamptz AT TIME ZONE o.time_zone)::date AS today,
             (SELECT count(*) FROM bill_lines b WHERE b.account_id = a.id AND b.open_amount > 0) AS open_lines
      FROM accounts a JOIN offices o ON o.id = a.office_id
      WHERE a.id = w.account_id AND ('*' = ANY(${offices}::text[]) OR o.code = ANY(${offices}::text[]))) a ON true
    LEFT JOIN json_to_recordset(${JSON.stringify(eligibilityRows('write-off'))}::json) AS e (status text, reason text)
      ON e.status = a.status
    CROSS JOIN LATERAL (SELECT CASE
      WHEN w.nth > 1 THEN 'failed:repeated-account'
      WHEN a.id IS NULL THEN 'failed:unknown-account'
      WHEN NOT EXISTS (SELECT FROM transaction_types t WHERE t.code = ${typeCode} AND t.kind = 'write-off' AND t.active)
        THEN 'failed:unknown-transaction-type'
      WHEN EXISTS (SELECT FROM transactions t WHERE t.command_id = ${origin.actionId} AND t.account_id = a.id)
        THEN 'skipped:already-booked'
      WHEN e.reason IS NOT NULL THEN 'skipped:' || e.reason
      WHEN least(w.previewed, a.balance) = 0 THEN 'skipped:nothing-open'
      WHEN a.open_lines > ${linesMax}::int THEN 'failed:too-many-lines'
      ELSE 'done:' END AS verdict) v`;
}

/** Spreads each item's amount over what is open, oldest due first, by a window sum (LED-51; `rulings`, 1). */
export const stageLinesSql = sql`
  INSERT INTO write_off_lines
  SELECT transaction_id, account_id, invoice_id, bill_line_id, least(open_amount, wanted - before)
  FROM (SELECT w.transaction_id, w.account_id, b.invoice_id, b.id AS bill_line_id, b.open_amount, w.amount AS wanted,
               (sum(b.open_amount) OVER (PARTITION BY w.account_id
                  ORDER BY i.due_date, i.invoice_date, i.number COLLATE "C", b.id) - b.open_amount)::bigint AS before
        FROM write_off_items w
        JOIN bill_lines b ON b.account_id = w.account_id AND b.open_amount > 0
        JOIN payers p ON p.id = b.payer_id AND p.type = 'self'
        JOIN invoices i ON i.id = b.invoice_id
        WHERE w.status = 'done') open_lines
  WHERE before < wanted`;

/** Transactions, postings (the trigger moves the figures), sequences, events and audit of the items that are done. */
export function bookWriteOffsSql(typeCode: string, origin: ChunkOrigin): RawBuilder<unknown>[] {
  const { debit, credit } = selfSides('write-off', typeCode);
  return [
    sql`INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor, command_id)
        SELECT transaction_id, ${typeCode}, 'write-off', account_id, office_id, currency, amount, today, ${origin.recordedAt}::timestamptz,
               ${origin.actor}, ${origin.actionId}
        FROM write_off_items WHERE status = 'done'`,
    sql`INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
        SELECT l.transaction_id, l.account_id, l.invoice_id, l.bill_line_id, ${debit}, ${credit}, l.amount, w.today
        FROM write_off_lines l JOIN write_off_items w USING (transaction_id)`,
    sql`UPDATE accounts a SET sequence = a.sequence + 1 FROM write_off_items w WHERE w.status = 'done' AND a.id = w.account_id`,
    sql`INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id, causation_id)
        SELECT 'recoup.ledger.events', w.account_id, 'recoup.ledger.written-off.v1', w.account_id, w.sequence + 1,
               json_build_object('accountId', w.account_id, 'transactionId', w.transaction_id, 'transactionTypeCode', ${typeCode}::text,
                 'amount', w.amount, 'currency', w.currency, 'effectiveDate', w.today, 'recordedAt', ${origin.recordedAt}::text,
                 'movements', l.movements, 'creditMovements', '[]'::json, 'commandId', ${origin.actionId}::text),
               ${origin.correlationId}, ${origin.causationId}
        FROM write_off_items w
        JOIN (SELECT l.transaction_id, json_agg(json_build_object('invoiceId', l.invoice_id, 'billLineId', l.bill_line_id,
                       'amount', -l.amount, 'effectiveDate', w.today)) AS movements
              FROM write_off_lines l JOIN write_off_items w USING (transaction_id) GROUP BY l.transaction_id) l USING (transaction_id)
        ORDER BY w.account_id`,
    sql`INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
        SELECT ${origin.actor}, 'write-off', 'transaction', transaction_id, account_id, ${origin.actionId},
               jsonb_build_object('balance', balance),
               jsonb_build_object('balance', balance - amount, 'amount', amount, 'currency', currency, 'approver', ${origin.approver}::text),
               ${origin.correlationId}
        FROM write_off_items WHERE status = 'done'`,
  ];
}

/** The chunk's outcomes in the order in which they were asked for. */
export const writeOffOutcomesSql = sql`
  SELECT account_id AS "accountId", status, reason, CASE status WHEN 'done' THEN amount ELSE 0 END AS amount,
         balance AS "currentAmount", CASE status WHEN 'done' THEN transaction_id END AS "transactionId"
  FROM write_off_items ORDER BY position`;
