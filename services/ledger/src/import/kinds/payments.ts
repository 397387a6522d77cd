import { formatAmount } from '@recoup/contracts';
import { publishAccountEvents } from '../../accounts/account-events.js';
import { receivedEvent } from '../../payments/record-payment.js';
import { bookTransactions, newIds } from '../../postings/book-transactions.js';
import { lockKnownAccounts, unknownAccount, type ImportAccount } from '../import-accounts.js';
import { otherContent, outcomeOf, type ImportKind, type Refusal, type RowVerdict } from '../import-kind.js';
import { accountKey } from '../judge-rows.js';
import { OpenBooks } from './open-books.js';
import { paymentBooks, type KnownPayment, type PaymentBooks, type PaymentPayer } from './payment-books.js';
import { readPaymentRow, referenceKey, refusalOf, type PaymentRow } from './payment-row.js';
import { transactionOf, type MadePayment } from './payment-transaction.js';

type Verdict = RowVerdict<PaymentRow, MadePayment>;

/**
 * Files of payments (LED-30, LED-60). A reference is unique within the account, so that a payment is booked once. It goes
 * to the invoice that it names, then to what is oldest due, and the rest is credit; a payer's goes whole to what is queued
 * to that payer.
 */
export const payments: ImportKind<PaymentRow> = {
  read: readPaymentRow,

  async book(tx, { clock }, { actor, rows, offices }) {
    const accounts = await lockKnownAccounts(tx, offices, rows);
    const verdicts = judgePayments(rows, accounts, await paymentBooks(tx, offices, accounts, rows));
    const made = verdicts.flatMap((each) => (each.kind === 'new' ? [each.made] : []));
    const ids = await newIds(tx, made.length);
    const by = { actor, recordedAt: clock.now() };
    const booked = made.map((payment, index) => ({
      payer: payment.payer,
      transaction: transactionOf(payment, ids[index] ?? '', by),
    }));
    await bookTransactions(
      tx,
      booked.map(({ transaction }) => transaction),
    );
    await publishAccountEvents(
      tx,
      booked.map(({ transaction, payer }) => receivedEvent(transaction, payer)),
    );
    return outcomeOf(verdicts);
  },
};

/** Judges a chunk's rows in order, each seeing what those before it paid. */
export function judgePayments(
  rows: readonly PaymentRow[],
  accounts: ReadonlyMap<string, ImportAccount>,
  books: PaymentBooks,
): Verdict[] {
  const known = new Map(books.known);
  const open = new OpenBooks(books.lines);
  return rows.map((row): Verdict => {
    const account = accounts.get(accountKey(row));
    if (!account) return { row, kind: 'refused', ...unknownAccount(row) };
    const payer = row.payerCode === '' ? null : books.payers.get(row.payerCode);
    if (payer === undefined)
      return { row, kind: 'refused', ...refusalOf('payerCode', row, 'unknown-payer', 'is not a payer') };
    const of = payer?.type === 'self' ? null : payer;
    const before = known.get(referenceKey(account.id, row.reference)) ?? [];
    const refusal = before.length > 0 ? differing(row, of, before, account.currency) : null;
    if (refusal) return { row, kind: 'refused', ...refusal };
    if (before.length > 0) return { row, kind: 'unchanged' };
    const judged = open.pay(row, account, of, books.invoices);
    if ('reason' in judged) return { row, kind: 'refused', ...judged };
    known.set(referenceKey(account.id, row.reference), [{ ...row, payerCode: of?.code ?? '' }]);
    return { row, kind: 'new', made: judged };
  });
}

/** Payments recorded by hand may share a reference; a row that is equal to one of them is known. */
function differing(
  row: PaymentRow,
  payer: PaymentPayer | null,
  known: readonly KnownPayment[],
  currency: string,
): Refusal | null {
  const refusals = known.map((before) =>
    otherContent('payment of this reference', [
      ['paymentDate', row.paymentDate, before.paymentDate],
      ['amount', formatAmount(row.amount, currency), formatAmount(before.amount, currency)],
      ['payerCode', payer?.code ?? '', before.payerCode],
    ]),
  );
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}
