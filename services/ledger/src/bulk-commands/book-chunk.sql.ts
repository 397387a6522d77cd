import { sql, type RawBuilder } from '@recoup/service-kit';
import type { ChunkOrigin } from './chunk-origin.js';

/** The staged transactions, each effective on its office's today. */
export function bookTransactionsSql({ recordedAt, actor }: ChunkOrigin): RawBuilder<unknown> {
  return sql`
    INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, invoice_id, bill_line_id, amount, effective_date, recorded_at,
                              reference, actor, command_id, reverses_id, payer_id, payment_id, command_part)
    SELECT t.id, t.type_code, t.kind, t.account_id, w.office_id, w.currency, t.invoice_id, t.bill_line_id, t.amount, w.today, ${recordedAt}::timestamptz,
           t.reference, ${actor}, t.command_id, t.reverses_id, t.payer_id, t.payment_id, t.command_part
    FROM chunk_transactions t JOIN chunk_items w ON w.account_id = t.account_id AND w.status = 'done'`;
}

/**
 * Names beside the account what its transactions touch: the one bill line, else the one invoice, else neither. `lines` are
 * the staged postings that decide; the payment of 0.00 touches nothing.
 */
export function nameTouchedSql(lines: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    UPDATE chunk_transactions t
    SET bill_line_id = CASE WHEN x.lines = 1 THEN x.line END, invoice_id = CASE WHEN x.lines > 1 AND x.invoices = 1 THEN x.invoice END
    FROM (SELECT account_id, count(DISTINCT bill_line_id) AS lines, count(DISTINCT invoice_id) AS invoices,
                 (array_agg(bill_line_id))[1] AS line, (array_agg(invoice_id))[1] AS invoice
          FROM chunk_postings WHERE ${lines} GROUP BY account_id) x
    WHERE x.account_id = t.account_id AND t.kind <> 'payment'`;
}

/** The staged postings; the database moves the running figures with them. */
export const bookPostingsSql = sql`
  INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
  SELECT transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id FROM chunk_postings`;

/**
 * The staged transactions `t` with their items `w`, what they moved of bill lines `m` and of credit `c`, one movement a line
 * and day: what the events of bookings are made of.
 */
export const bookedSql = sql`
  FROM chunk_transactions t
  JOIN chunk_items w ON w.account_id = t.account_id AND w.status = 'done'
  LEFT JOIN (
    SELECT transaction_id, json_agg(json_build_object('invoiceId', invoice_id, 'billLineId', bill_line_id, 'amount', change,
                                                      'effectiveDate', effective_date)) AS movements
    FROM (SELECT transaction_id, invoice_id, bill_line_id, effective_date,
                 sum(CASE WHEN debit LIKE 'receivable:%' THEN amount ELSE -amount END)::bigint AS change
          FROM chunk_postings WHERE bill_line_id IS NOT NULL
          GROUP BY transaction_id, invoice_id, bill_line_id, effective_date) moved
    WHERE change <> 0 GROUP BY transaction_id) m ON m.transaction_id = t.id
  LEFT JOIN (
    SELECT transaction_id, json_agg(json_build_object('amount', change, 'effectiveDate', effective_date)
                                    ORDER BY effective_date) AS movements
    FROM (SELECT transaction_id, effective_date, sum(CASE WHEN credit = 'account-credit' THEN amount ELSE -amount END)::bigint AS change
          FROM chunk_postings WHERE 'account-credit' IN (debit, credit) GROUP BY transaction_id, effective_date) moved
    WHERE change <> 0 GROUP BY transaction_id) c ON c.transaction_id = t.id`;

/** The data of a booking's event, of `bookedSql`; `more` are the members that its type has besides: names and values by turns. */
export function bookingDataSql({ recordedAt }: ChunkOrigin, more: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`json_build_object('accountId', t.account_id, 'transactionId', t.id, 'transactionTypeCode', t.type_code, 'amount', t.amount,
    'currency', w.currency, 'effectiveDate', w.today, 'recordedAt', ${recordedAt}::text,
    'movements', coalesce(m.movements, '[]'::json), 'creditMovements', coalesce(c.movements, '[]'::json), ${more})`;
}

/**
 * Publishes the chunk's events: rows of account, step, type and data. Those of one account are numbered in order of their
 * steps, and its sequence moves on by as many; the accounts are locked (law 9).
 */
export function publishEventsSql(
  events: RawBuilder<unknown>,
  { correlationId, causationId }: ChunkOrigin,
): RawBuilder<unknown> {
  return sql`
    WITH told AS MATERIALIZED (
      SELECT account_id, type, data, row_number() OVER (PARTITION BY account_id ORDER BY step) AS nth
      FROM (${events}) AS event (account_id, step, type, data)),
    moved AS (
      UPDATE accounts a SET sequence = a.sequence + n.events
      FROM (SELECT account_id, max(nth) AS events FROM told GROUP BY account_id) n WHERE a.id = n.account_id)
    INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id, causation_id)
    SELECT 'recoup.ledger.events', t.account_id, t.type, t.account_id, w.sequence + t.nth, t.data, ${correlationId}, ${causationId}
    FROM told t JOIN chunk_items w ON w.account_id = t.account_id AND w.status = 'done'
    ORDER BY t.account_id, t.nth`;
}

/**
 * One audit line an item that is done: what it did to which transaction or freeze, the account `a` after it and the item
 * `w`; `before` and `after` are JSON objects. The approver stands in each.
 */
export function auditSql(
  { actor, approver, actionId, correlationId }: ChunkOrigin,
  action: string,
  entityType: 'transaction' | 'freeze',
  { before, after }: { before: RawBuilder<unknown>; after: RawBuilder<unknown> },
): RawBuilder<unknown> {
  return sql`
    INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
    SELECT ${actor}, ${action}, ${entityType}, w.booked_id, w.account_id, ${actionId}, ${before},
           ${after} || jsonb_build_object('approver', ${approver}::text), ${correlationId}
    FROM chunk_items w JOIN accounts a ON a.id = w.account_id WHERE w.status = 'done'`;
}

/** Balances and the amount booked, as the audit of every booking has them. */
export const balancesSql = {
  before: sql`jsonb_build_object('balance', w.balance)`,
  after: sql`jsonb_build_object('balance', a.balance, 'amount', w.amount, 'currency', w.currency)`,
};

/** The chunk's outcomes in the order in which they were asked for; a freeze is no transaction and moves no amount. */
export function outcomesSql(effect: 'transaction' | 'freeze'): RawBuilder<unknown> {
  return sql`
    SELECT account_id AS "accountId", status, reason, CASE status WHEN 'done' THEN amount ELSE 0 END AS amount,
           balance AS "currentAmount", CASE WHEN status = 'done' AND ${effect} = 'transaction' THEN booked_id END AS "transactionId"
    FROM chunk_items ORDER BY position`;
}
