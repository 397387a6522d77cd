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

/** Most postings that a reversal may have: a line may have two, and a payment's receipt stands beside its lines. */
export const postingsMax = 2 * linesMax + 1;

/**
 * The postings that take back a transaction from a day on. Of a payment that is its receipt and whatever of it was
 * allocated since, its credit applied to later invoices included, less what was taken back before (LED-31); of an invoice
 * what it charged, and the credit that it took goes back (`rulings`, 5); of anything else the mirror image of its own
 * postings. What took effect after that day, such as credit that a later invoice took, is taken back on the day on which
 * it did: from that day on nothing of the transaction is left as of any date. One more than a reversal may have tells the
 * caller of too many.
 */
export async function mirrorPostings(tx: Db, transaction: TransactionView, from: string): Promise<Posting[]> {
  const found = await rows<Net>(tx, sql`${bookedBy(transaction, from)} LIMIT ${postingsMax + 1}`);
  return found.map(({ invoiceId, billLineId, debit, credit, sourceId, amount, effectiveDate }) => ({
    ...mirrored({ debit, credit }),
    amount,
    effectiveDate,
    line: invoiceId !== null && billLineId !== null ? { invoiceId, billLineId } : null,
    sourceId,
  }));
}

function bookedBy(transaction: TransactionView, from: string): RawBuilder<unknown> {
  const { id, accountId, invoiceId } = transaction;
  switch (transaction.kind) {
    case 'payment':
      return spent(accountId, sql`source_transaction_id = ${id}`, from);
    case 'invoice':
      // What of it was allocated by a payment made the reversal be refused, so that only credit which it took is left.
      return sql`(${own(id, from)}) UNION ALL (${spent(accountId, creditOf(invoiceId), from)})`;
    default:
      return own(id, from);
  }
}

function creditOf(invoiceId: string | null): RawBuilder<unknown> {
  return sql`invoice_id = ${invoiceId} AND source_transaction_id IS NOT NULL`;
}

function own(id: string, from: string): RawBuilder<unknown> {
  return sql`SELECT invoice_id AS "invoiceId", bill_line_id AS "billLineId", debit, credit, source_transaction_id AS "sourceId", amount,
                    greatest(effective_date, ${from}::date) AS "effectiveDate"
             FROM postings WHERE transaction_id = ${id} ORDER BY id`;
}

/** By line, day and payment: what credit of the payment paid, less what was given back to it. */
function spent(accountId: string, which: RawBuilder<unknown>, from: string): RawBuilder<unknown> {
  return sql`
    SELECT invoice_id AS "invoiceId", bill_line_id AS "billLineId",
           CASE WHEN bill_line_id IS NULL THEN 'cash' WHEN sum(change) < 0 THEN 'account-credit' ELSE receivable END AS debit,
           CASE WHEN bill_line_id IS NULL OR sum(change) > 0 THEN 'account-credit' ELSE receivable END AS credit,
           source_transaction_id AS "sourceId", abs(sum(change))::bigint AS amount, day AS "effectiveDate"
    FROM (SELECT invoice_id, bill_line_id, source_transaction_id, greatest(effective_date, ${from}::date) AS day,
                 CASE WHEN credit = 'account-credit' THEN amount ELSE -amount END AS change,
                 CASE WHEN bill_line_id IS NOT NULL THEN CASE WHEN credit = 'account-credit' THEN debit ELSE credit END END AS receivable
          FROM postings WHERE account_id = ${accountId} AND ${which}) moved
    GROUP BY invoice_id, bill_line_id, source_transaction_id, receivable, day HAVING sum(change) <> 0
    ORDER BY bill_line_id NULLS FIRST, day`;
}
