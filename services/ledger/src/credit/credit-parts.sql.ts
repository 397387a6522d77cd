import { sql, type RawBuilder } from '@recoup/service-kit';

/**
 * Which payments' unspent credit goes to which lines of new invoices: per account, lines oldest due first and payments
 * oldest first are laid side by side as running sums, and where two stretches overlap, that much of the payment goes to
 * that line (LED-30; `rulings`, 1). Accounts of offices that switched it off have no part in it.
 *
 * Credit that an invoice or an application gave back counts from that day on: until then it paid what it was taken from,
 * and no date may show it twice.
 */
export function creditPartsSql(invoiceIds: readonly string[]): RawBuilder<unknown> {
  return sql`
    WITH lines AS (
      SELECT i.account_id, i.id AS invoice_id, b.id AS bill_line_id, i.invoice_date, b.open_amount,
             sum(b.open_amount) OVER (PARTITION BY i.account_id
               ORDER BY i.due_date, i.invoice_date, i.number COLLATE "C", b.id) - b.open_amount AS starts
      FROM invoices i
      JOIN accounts a ON a.id = i.account_id AND a.credit > 0
      JOIN offices o ON o.id = a.office_id AND o.apply_credit
      JOIN bill_lines b ON b.invoice_id = i.id AND b.open_amount > 0
      JOIN payers p ON p.id = b.payer_id AND p.type = 'self'
      WHERE i.id = ANY(${[...invoiceIds]}::uuid[])
    ), unspent AS (
      SELECT s.account_id, s.source_transaction_id AS source_id,
             sum(CASE s.credit WHEN 'account-credit' THEN s.amount ELSE -s.amount END)::bigint AS amount,
             max(s.effective_date) FILTER (WHERE s.credit = 'account-credit') AS since
      FROM postings s
      WHERE s.account_id IN (SELECT account_id FROM lines) AND s.source_transaction_id IS NOT NULL
      GROUP BY s.account_id, s.source_transaction_id
    ), sources AS (
      SELECT u.account_id, u.source_id, u.amount, u.since,
             sum(u.amount) OVER (PARTITION BY u.account_id ORDER BY t.effective_date, u.source_id) - u.amount AS starts
      FROM unspent u JOIN transactions t ON t.id = u.source_id WHERE u.amount > 0
    )
    SELECT a.id AS "accountId", a.office_id AS "officeId", a.currency, l.invoice_id AS "invoiceId", l.bill_line_id AS "billLineId",
           s.source_id AS "sourceId", greatest(s.since, l.invoice_date) AS "effectiveDate",
           (least(l.starts + l.open_amount, s.starts + s.amount) - greatest(l.starts, s.starts))::bigint AS amount
    FROM lines l
    JOIN sources s ON s.account_id = l.account_id AND s.starts < l.starts + l.open_amount AND l.starts < s.starts + s.amount
    JOIN accounts a ON a.id = l.account_id
    ORDER BY a.id, l.starts, s.starts`;
}
