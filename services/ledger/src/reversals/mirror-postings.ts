import { rows, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { linesMax } from '../postings/allocation.js';
import type { Posting } from '../postings/posting.js';
import { mirrored } from '../postings/posting-rules.js';
import type { TransactionView } from '../transactions/transaction-view.js';

interface Net {
  readonly invoiceId: string | null;
  readonly billLineId: string | null;
  readonly debit: string;
  readonly credit: string;
  readonly sourceId: string | null;
  readonly amount: number;
  readonly effectiveDate: string;
}

/**
 * The postings that take back a transaction from a day on. Of a payment that is its receipt and whatever of it was
 * allocated since, its credit applied to later invoices included, less what was taken back before (LED-31); of anything
 * else the mirror image of its own postings. What took effect after that day, such as credit that a later invoice took,
 * is taken back on the day on which it did: from that day on nothing of the transaction is left as of any date. One more
 * than a transaction may have tells the caller of too many.
 */
export async function mirrorPostings(tx: Db, transaction: TransactionView, from: string): Promise<Posting[]> {
  const found = await rows<Net>(
    tx,
    transaction.kind === 'payment' ? spentOf(transaction, from) : ownOf(transaction, from),
  );
  return found.map(({ invoiceId, billLineId, debit, credit, sourceId, amount, effectiveDate }) => ({
    ...mirrored({ debit, credit }),
    amount,
    effectiveDate,
    line: invoiceId !== null && billLineId !== null ? { invoiceId, billLineId } : null,
    sourceId,
  }));
}

function ownOf({ id }: TransactionView, from: string): RawBuilder<unknown> {
  return sql`SELECT invoice_id AS "invoiceId", bill_line_id AS "billLineId", debit, credit, source_transaction_id AS "sourceId", amount,
                    greatest(effective_date, ${from}::date) AS "effectiveDate"
             FROM postings WHERE transaction_id = ${id} ORDER BY id LIMIT ${linesMax + 1}`;
}

/** By line and day: what the payment's credit paid, less what was given back to it. */
function spentOf({ id, accountId }: TransactionView, from: string): RawBuilder<unknown> {
  return sql`
    SELECT invoice_id AS "invoiceId", bill_line_id AS "billLineId", day AS "effectiveDate",
           CASE WHEN bill_line_id IS NULL THEN 'cash' WHEN sum(change) < 0 THEN 'account-credit' ELSE receivable END AS debit,
           CASE WHEN bill_line_id IS NULL OR sum(change) > 0 THEN 'account-credit' ELSE receivable END AS credit,
           ${id}::uuid AS "sourceId", abs(sum(change))::bigint AS amount
    FROM (SELECT invoice_id, bill_line_id, greatest(effective_date, ${from}::date) AS day,
                 CASE WHEN credit = 'account-credit' THEN amount ELSE -amount END AS change,
                 CASE WHEN bill_line_id IS NOT NULL THEN CASE WHEN credit = 'account-credit' THEN debit ELSE credit END END AS receivable
          FROM postings WHERE account_id = ${accountId} AND source_transaction_id = ${id}) moved
    GROUP BY invoice_id, bill_line_id, receivable, day HAVING sum(change) <> 0
    ORDER BY bill_line_id NULLS FIRST, day LIMIT ${linesMax + 1}`;
}
