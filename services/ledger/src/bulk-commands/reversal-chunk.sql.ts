import { sql, type RawBuilder } from '@recoup/service-kit';
import { linesMax } from '../postings/allocation.js';

/**
 * What an undo names `t`, of the account `a`; and as sets the rules of the single reversal (reversals/require-reversible.ts):
 * an invoice goes as a whole, credit that it took counts as open; a write-off not under an agency's debt, nor after a
 * recall; nothing that would leave less than nothing, or more than it was, open of a line.
 */
export const reversalJoinsSql = sql`
  LEFT JOIN LATERAL (
    SELECT t.id, t.kind, t.type_code, t.amount, t.invoice_id FROM transactions t
    WHERE t.id = (w.item ->> 'transactionId')::uuid AND t.account_id = a.id) t ON true`;

/** Whether anything of the invoice was closed in another way than by credit that it took. */
const paidSql = sql`
  t.kind = 'invoice' AND EXISTS (
    SELECT FROM bill_lines b
    LEFT JOIN (SELECT p.bill_line_id, sum(CASE p.debit WHEN 'account-credit' THEN p.amount ELSE -p.amount END)::bigint AS applied
               FROM postings p
               WHERE p.account_id = a.id AND p.invoice_id = t.invoice_id AND p.source_transaction_id IS NOT NULL
                 AND NOT EXISTS (SELECT FROM postings d JOIN transactions s ON s.id = d.transaction_id AND s.kind = 'payment'
                                 WHERE d.transaction_id = p.source_transaction_id AND d.bill_line_id = p.bill_line_id)
               GROUP BY p.bill_line_id) c ON c.bill_line_id = b.id
    WHERE b.invoice_id = t.invoice_id AND b.opened_by IS NULL AND b.amount - b.open_amount <> coalesce(c.applied, 0))`;

/** Of the lines that a write-off closed, what of its type stands written off and what of that stands referred. */
function closedLinesSql(short: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    t.kind = 'write-off' AND EXISTS (
      SELECT FROM (SELECT p.bill_line_id, sum(p.amount) AS closed FROM postings p WHERE p.transaction_id = t.id GROUP BY p.bill_line_id) x
      JOIN bill_lines b ON b.id = x.bill_line_id
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(CASE p.debit WHEN 'write-off:' || t.type_code THEN p.amount ELSE -p.amount END), 0) AS standing
        FROM postings p WHERE p.account_id = a.id AND p.bill_line_id = b.id AND 'write-off:' || t.type_code IN (p.debit, p.credit)) s
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(CASE p.credit WHEN 'recoverable' THEN p.amount ELSE -p.amount END), 0) AS referred
        FROM bill_lines q
        JOIN transactions o ON o.id = q.opened_by AND o.kind = 'referral' AND o.type_code = t.type_code
        JOIN postings p ON p.account_id = a.id AND p.bill_line_id = q.id AND 'recoverable' IN (p.debit, p.credit)
        WHERE q.service_line_id = b.service_line_id) r
      WHERE s.standing - r.referred < x.closed AND ${short})`;
}

/** Whether the mirror image finds no room on a line. An invoice that was not paid has it. */
const noRoomSql = sql`
  t.kind <> 'invoice' AND EXISTS (
    SELECT FROM (SELECT p.bill_line_id, sum(CASE WHEN p.credit LIKE 'receivable:%' THEN p.amount ELSE -p.amount END) AS change
                 FROM postings p WHERE p.transaction_id = t.id AND p.bill_line_id IS NOT NULL GROUP BY p.bill_line_id) m
    JOIN bill_lines b ON b.id = m.bill_line_id WHERE b.open_amount + m.change NOT BETWEEN 0 AND b.amount)`;

/** Whether the reversal of an invoice moves more lines than an event may tell of: its own are at most so many. */
const tooManySql = sql`
  t.kind = 'invoice' AND (SELECT count(*) FROM postings p
    WHERE p.account_id = a.id AND p.invoice_id = t.invoice_id) > ${2 * linesMax}::int`;

/** The judgement of an undo, in the order of the single reversal. */
export const reversalVerdictsSql = sql`
  WHEN t.id IS NULL THEN 'failed:unknown-transaction'
  WHEN t.kind NOT IN ('invoice', 'write-off', 'adjustment', 'queueing', 'referral', 'recall') THEN 'failed:not-reversible'
  WHEN EXISTS (SELECT FROM transactions r WHERE r.reverses_id = t.id) THEN 'skipped:already-reversed'
  WHEN ${paidSql} THEN 'skipped:paid'
  WHEN ${closedLinesSql(sql`r.referred > 0`)} THEN 'skipped:referred'
  WHEN ${closedLinesSql(sql`true`)} THEN 'skipped:recalled'
  WHEN ${tooManySql} THEN 'failed:too-many-lines'
  WHEN ${noRoomSql} THEN 'skipped:no-longer-open'`;

/** The reversal of each item's transaction, which keeps its payer. */
export function stageReversalsSql(actionId: string): RawBuilder<unknown> {
  return sql`
    INSERT INTO chunk_transactions (id, type_code, kind, account_id, amount, command_id, reverses_id, payer_id)
    SELECT w.booked_id, 'reversal', 'reversal', w.account_id, w.amount, ${actionId}, t.id, t.payer_id
    FROM chunk_items w JOIN transactions t ON t.id = (w.item ->> 'transactionId')::uuid WHERE w.status = 'done'`;
}

/** The mirror image of what it booked; and of an invoice, credit that it took goes back to the payments that it came from. */
export const stageMirrorsSql = sql`
  INSERT INTO chunk_postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
  SELECT t.id, p.account_id, p.invoice_id, p.bill_line_id, p.credit, p.debit, p.amount, greatest(p.effective_date, w.today), p.source_transaction_id
  FROM chunk_transactions t
  JOIN chunk_items w ON w.account_id = t.account_id AND w.status = 'done'
  JOIN postings p ON p.transaction_id = t.reverses_id
  UNION ALL
  SELECT id, account_id, invoice_id, bill_line_id, 'receivable:self', 'account-credit', sum(applied)::bigint, day, source_transaction_id
  FROM (SELECT t.id, p.account_id, p.invoice_id, p.bill_line_id, p.source_transaction_id, greatest(p.effective_date, w.today) AS day,
               CASE p.debit WHEN 'account-credit' THEN p.amount ELSE -p.amount END AS applied
        FROM chunk_transactions t
        JOIN chunk_items w ON w.account_id = t.account_id AND w.status = 'done'
        JOIN transactions o ON o.id = t.reverses_id AND o.kind = 'invoice'
        JOIN postings p ON p.account_id = o.account_id AND p.invoice_id = o.invoice_id AND p.source_transaction_id IS NOT NULL) taken
  GROUP BY id, account_id, invoice_id, bill_line_id, day, source_transaction_id HAVING sum(applied) <> 0`;
