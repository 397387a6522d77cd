import { paymentPostings } from '../../payments/payment-postings.js';
import type { Allocation } from '../../postings/allocation.js';
import { plainTransaction, type NewTransaction } from '../../postings/book-transactions.js';
import type { ImportAccount } from '../import-accounts.js';
import type { PaymentPayer } from './payment-books.js';
import type { PaymentRow } from './payment-row.js';

/** A payment that is to be booked, and where it goes; what is left of it is credit. */
export interface MadePayment {
  readonly row: PaymentRow;
  readonly account: ImportAccount;
  readonly payer: PaymentPayer | null;
  readonly parts: readonly Allocation[];
}

/** The transaction of a payment with its postings. */
export function transactionOf(
  { row, account, payer, parts }: MadePayment,
  id: string,
  by: { readonly actor: string; readonly recordedAt: string },
): NewTransaction {
  const { amount, paymentDate: effectiveDate, reference } = row;
  return {
    ...plainTransaction(),
    ...by,
    id,
    typeCode: 'payment',
    kind: 'payment',
    accountId: account.id,
    officeId: account.officeId,
    currency: account.currency,
    amount,
    effectiveDate,
    reference,
    payerId: payer?.id ?? null,
    postings: paymentPostings({ id, amount, effectiveDate }, parts, payer?.type),
  };
}
