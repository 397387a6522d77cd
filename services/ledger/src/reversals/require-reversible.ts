import { againstRule, row, sql, wrongState, type Db } from '@recoup/service-kit';
import { movementsOf, type Posting } from '../postings/posting.js';
import { irreversible } from '../postings/posting-rules.js';
import type { TransactionView } from '../transactions/transaction-view.js';

/**
 * Refuses what can't be taken back because of what it is or what followed it; the account is locked.
 * @throws DomainError 422 `not-reversible`, 409 `already-reversed`, `paid`, `referred`, `recalled`
 */
export async function requireReversible(tx: Db, transaction: TransactionView): Promise<void> {
  const refusal = irreversible(transaction.kind);
  if (refusal !== null)
    throw againstRule('not-reversible', refusal, [
      {
        field: 'id',
        message: `is of kind ${transaction.kind}`,
        expected: 'a transaction that is not itself a taking back',
      },
    ]);
  await requireNotTakenBack(tx, transaction);
  if (transaction.kind === 'invoice') await requireUnpaid(tx, transaction);
  if (transaction.kind === 'write-off') await requireNotReferred(tx, transaction);
}

/**
 * Refuses a reversal that would leave less than nothing, or more than it was, open of a bill line: what was open then was
 * paid, queued or recalled since. The database's own checks refuse it too, without saying which line.
 * @throws DomainError 409 `no-longer-open`
 */
export async function requireRoom(tx: Db, postings: readonly Posting[]): Promise<void> {
  const moved = movementsOf(postings).map(({ billLineId, amount }) => ({ billLineId, amount }));
  const tight = await row<{
    id: string;
    number: string;
    payerCode: string;
    open: number;
    amount: number;
    change: number;
  }>(
    tx,
    sql`SELECT b.id, i.number, y.code AS "payerCode", b.open_amount AS open, b.amount, m.change
        FROM (SELECT "billLineId" AS id, sum(amount)::bigint AS change
              FROM json_to_recordset(${JSON.stringify(moved)}::json) AS t ("billLineId" uuid, amount bigint) GROUP BY 1) m
        JOIN bill_lines b ON b.id = m.id JOIN invoices i ON i.id = b.invoice_id JOIN payers y ON y.id = b.payer_id
        WHERE b.open_amount + m.change NOT BETWEEN 0 AND b.amount ORDER BY b.id LIMIT 1`,
  );
  if (!tight) return;
  const { id, number, payerCode, open, amount, change } = tight;
  throw wrongState(
    'no-longer-open',
    `${open} of ${amount} are open with ${payerCode} on a line of invoice ${number}; the reversal would move that by ${change}. Reverse first what followed.`,
    { billLineId: id, invoiceNumber: number, openAmount: open, amount, change },
  );
}

/** An application of credit is taken back also when the payment behind it is, or the invoice that it paid. */
async function requireNotTakenBack(tx: Db, transaction: TransactionView): Promise<void> {
  const { kind, reversedById } = transaction;
  const taken = reversedById ?? (kind === 'credit-application' ? await partyTakenBack(tx, transaction) : null);
  if (taken !== null)
    throw wrongState(
      'already-reversed',
      'The transaction, or the payment or invoice that it is about, was already taken back.',
      { reversedById: taken },
    );
}

async function partyTakenBack(tx: Db, { id, invoiceId }: TransactionView): Promise<string | null> {
  const found = await row<{ id: string }>(
    tx,
    sql`SELECT r.id FROM transactions r
        WHERE r.reverses_id IN (SELECT source_transaction_id FROM postings WHERE transaction_id = ${id}
                                UNION ALL SELECT t.id FROM transactions t WHERE t.kind = 'invoice' AND t.invoice_id = ${invoiceId})
        LIMIT 1`,
  );
  return found?.id ?? null;
}

/**
 * An invoice goes as a whole: nothing of it was paid, written off, adjusted or queued. Credit that it took counts as open,
 * for it goes back (`rulings`, 5).
 */
async function requireUnpaid(tx: Db, { accountId, invoiceId }: TransactionView): Promise<void> {
  const found = await row<{ billLineId: string; closed: number }>(
    tx,
    sql`SELECT b.id AS "billLineId", b.amount - b.open_amount - coalesce(c.applied, 0)::bigint AS closed
        FROM bill_lines b
        LEFT JOIN (SELECT p.bill_line_id, sum(CASE p.debit WHEN 'account-credit' THEN p.amount ELSE -p.amount END) AS applied
                   FROM postings p
                   WHERE p.account_id = ${accountId} AND p.invoice_id = ${invoiceId} AND p.source_transaction_id IS NOT NULL
                     AND NOT EXISTS (SELECT FROM postings d JOIN transactions t ON t.id = d.transaction_id AND t.kind = 'payment'
                                     WHERE d.transaction_id = p.source_transaction_id AND d.bill_line_id = p.bill_line_id)
                   GROUP BY p.bill_line_id) c ON c.bill_line_id = b.id
        WHERE b.invoice_id = ${invoiceId} AND b.opened_by IS NULL
          AND b.amount - b.open_amount <> coalesce(c.applied, 0)
        ORDER BY b.id LIMIT 1`,
  );
  if (found)
    throw wrongState(
      'paid',
      `${found.closed} of a line of the invoice were paid, written off, adjusted or queued. Reverse that first.`,
      { ...found },
    );
}

/**
 * A write-off that an agency's debt stands on is not reversed under it, and what a recall brought back isn't brought back
 * twice: on each line as much of the type must be written off, and not referred, as the write-off closed (LED-41, LED-42).
 */
async function requireNotReferred(tx: Db, { id, typeCode }: TransactionView): Promise<void> {
  const writeOff = `write-off:${typeCode}`;
  const short = await row<{ billLineId: string; closed: number; standing: number; referred: number }>(
    tx,
    sql`SELECT w.bill_line_id AS "billLineId", w.closed, s.standing, r.referred
        FROM (SELECT bill_line_id, sum(amount)::bigint AS closed FROM postings WHERE transaction_id = ${id} GROUP BY bill_line_id) w
        JOIN bill_lines b ON b.id = w.bill_line_id
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(CASE p.debit WHEN ${writeOff} THEN p.amount ELSE -p.amount END), 0)::bigint AS standing
          FROM postings p WHERE p.account_id = b.account_id AND p.bill_line_id = b.id AND ${writeOff} IN (p.debit, p.credit)) s
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(CASE p.credit WHEN 'recoverable' THEN p.amount ELSE -p.amount END), 0)::bigint AS referred
          FROM bill_lines q JOIN transactions o ON o.id = q.opened_by AND o.kind = 'referral' AND o.type_code = ${typeCode}
          JOIN postings p ON p.account_id = q.account_id AND p.bill_line_id = q.id AND 'recoverable' IN (p.debit, p.credit)
          WHERE q.service_line_id = b.service_line_id) r
        WHERE s.standing - r.referred < w.closed ORDER BY w.bill_line_id LIMIT 1`,
  );
  if (!short) return;
  const { closed, referred } = short;
  if (referred > 0)
    throw wrongState(
      'referred',
      `Of what it closed, ${referred} stand referred to an agency. Recall it, or reverse the referral, first.`,
      { ...short },
    );
  throw wrongState('recalled', `What it closed, ${closed}, was recalled since and is owed again.`, { ...short });
}
