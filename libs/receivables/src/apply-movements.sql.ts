import { sql, unnested, type ColumnTypes, type RawBuilder } from '@recoup/service-kit';
import type { MovementRow } from './movement-rows.js';

const columns: ColumnTypes<MovementRow> = {
  account_id: 'uuid',
  invoice_id: 'uuid',
  bill_line_id: 'uuid',
  transaction_id: 'uuid',
  type: 'text',
  effective_date: 'date',
  amount: 'bigint',
  credit_amount: 'bigint',
};

/**
 * Keeps movements and adds them to every running figure in one statement: bill lines, the invoices of lines whose payer
 * is Self, and accounts. Each level is updated once per row whatever the number of movements. The planner is told how few
 * they are, or it would make a hash of all accounts for some dozen of them. `open_invoices` follows from what each invoice
 * was before and is after (RETURNING old and new).
 */
export function applyMovements(movements: readonly MovementRow[]): RawBuilder<unknown> {
  return sql`
    WITH given AS MATERIALIZED (
      SELECT m.account_id, m.invoice_id, m.bill_line_id, m.transaction_id, m.type, m.effective_date, m.amount, m.credit_amount,
             b.payer_type = 'self' AS self, i.due_date
      FROM ${unnested(movements, 'm', columns)}
      LEFT JOIN bill_lines b ON b.id = m.bill_line_id
      LEFT JOIN invoices i ON i.id = m.invoice_id
    ), kept AS (
      INSERT INTO movements (account_id, invoice_id, bill_line_id, transaction_id, type, effective_date, due_date, amount, other_amount, credit_amount)
      SELECT account_id, invoice_id, bill_line_id, transaction_id, type, effective_date, due_date,
             CASE WHEN self THEN amount ELSE 0 END, CASE WHEN self IS FALSE THEN amount ELSE 0 END, credit_amount
      FROM given
    ), lines AS (
      UPDATE bill_lines b SET open_amount = b.open_amount + d.amount
      FROM (SELECT bill_line_id, sum(amount) AS amount FROM given WHERE bill_line_id IS NOT NULL GROUP BY bill_line_id) d
      WHERE b.id = d.bill_line_id
    ), opened AS (
      UPDATE invoices i SET open_amount = i.open_amount + d.amount
      FROM (SELECT invoice_id, sum(amount) AS amount FROM given WHERE self GROUP BY invoice_id) d
      WHERE i.id = d.invoice_id
      RETURNING i.account_id, d.amount, (new.open_amount > 0)::int - (old.open_amount > 0)::int AS opened
    )
    UPDATE accounts a
    SET balance = a.balance + d.amount, credit = a.credit + d.credit_amount, open_invoices = a.open_invoices + d.opened
    FROM (
      SELECT account_id, sum(amount) AS amount, sum(credit_amount) AS credit_amount, sum(opened) AS opened
      FROM (SELECT account_id, amount, 0 AS credit_amount, opened FROM opened
            UNION ALL
            SELECT account_id, 0, credit_amount, 0 FROM given WHERE credit_amount <> 0) each
      GROUP BY account_id) d
    WHERE a.id = d.account_id`;
}
