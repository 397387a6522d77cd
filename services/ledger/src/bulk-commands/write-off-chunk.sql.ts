import { sql, type RawBuilder } from '@recoup/service-kit';
import { selfSides } from '../postings/posting-rules.js';

/**
 * Holds a transaction type until the transaction ends, as its booking would do anyway: who is just putting it out of use is
 * waited for before the chunk is judged, and meanwhile nobody else does.
 */
export function holdTypeSql(typeCode: string): RawBuilder<unknown> {
  return sql`SELECT FROM transaction_types WHERE code = ${typeCode} FOR KEY SHARE`;
}

/** How many lines are open on the account `a` itself: what a write-off of all would touch. */
export const openSelfLinesSql = sql`(SELECT count(*) FROM bill_lines b JOIN payers p ON p.id = b.payer_id AND p.type = 'self'
  WHERE b.account_id = a.id AND b.open_amount > 0)`;

/** One write-off an item that is done, by the action, beside the payment that it belongs to, if any. */
export function stageWriteOffsSql(
  typeCode: string,
  actionId: string,
  paymentId: RawBuilder<unknown> = sql`NULL::uuid`,
): RawBuilder<unknown> {
  return sql`
    INSERT INTO chunk_transactions (id, type_code, kind, account_id, amount, command_id, payment_id)
    SELECT w.booked_id, ${typeCode}, 'write-off', w.account_id, w.amount, ${actionId}, ${paymentId} FROM chunk_items w WHERE w.status = 'done'`;
}

/** Spreads each item's amount over what is open on the account itself, oldest due first, by a window sum (LED-51; `rulings`, 1). */
export function stageWrittenOffLinesSql(typeCode: string): RawBuilder<unknown> {
  const { debit, credit } = selfSides('write-off', typeCode);
  return sql`
    INSERT INTO chunk_postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
    SELECT booked_id, account_id, invoice_id, bill_line_id, ${debit}, ${credit}, least(open_amount, wanted - before),
           greatest(today, invoice_date)
    FROM (SELECT w.booked_id, w.account_id, w.today, w.amount AS wanted, b.invoice_id, b.id AS bill_line_id, b.open_amount, i.invoice_date,
                 (sum(b.open_amount) OVER (PARTITION BY w.account_id
                    ORDER BY i.due_date, i.invoice_date, i.number COLLATE "C", b.id) - b.open_amount)::bigint AS before
          FROM chunk_items w
          JOIN bill_lines b ON b.account_id = w.account_id AND b.open_amount > 0
          JOIN payers p ON p.id = b.payer_id AND p.type = 'self'
          JOIN invoices i ON i.id = b.invoice_id
          WHERE w.status = 'done') open_lines
    WHERE before < wanted`;
}
