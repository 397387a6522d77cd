import { againstRule, row, sql, type Actor, type Clock, type Db } from '@recoup/service-kit';
import type { LockedAccount } from '../accounts/lock-account.js';
import { requireEligible } from '../accounts/require-eligible.js';
import { issueInvoice } from '../invoices/issue-invoice.js';
import type { InvoiceView } from '../invoices/invoice-view.js';
import type { TransactionView } from '../transactions/transaction-view.js';

/** What a returned payment costs the account. Amount in minor units of its currency. */
export interface NsfFee {
  readonly amount: number;
  readonly serviceTypeCode: string;
}

/**
 * Refuses the fee where the account isn't to blame or gets no fees, and a service type that marks none (LED-13, LED-31).
 * @throws DomainError 422 `not-own-payment`, `frozen`, `closed`, `unknown-service-type`, `not-a-fee`
 */
export async function requireFeeAllowed(
  tx: Db,
  account: LockedAccount,
  payment: TransactionView,
  serviceTypeCode: string,
): Promise<void> {
  if (payment.payerId !== null)
    throw againstRule('not-own-payment', `${payment.payerCode} paid it: the account is not charged for its return.`, [
      { field: 'nsfFee', message: 'is not charged here', expected: 'nothing' },
    ]);
  requireEligible('add-fees', account, 'it gets no fee', 'nsfFee');
  const type = await row<{ isFee: boolean }>(
    tx,
    sql`SELECT is_fee AS "isFee" FROM service_types WHERE code = ${serviceTypeCode}`,
  );
  if (type?.isFee) return;
  const [code, message] = type
    ? (['not-a-fee', 'is no fee service type'] as const)
    : (['unknown-service-type', 'is not a service type'] as const);
  throw againstRule(code, `${serviceTypeCode} ${message}.`, [
    { field: 'nsfFee.serviceTypeCode', message, expected: 'a code of GET service-types with isFee' },
  ]);
}

/**
 * Charges the fee as a new invoice of one line, dated and due on the day of booking (`rulings`, 3). A payment is returned once, so
 * that its id makes the invoice's number; credit of the account goes to it as to any new invoice.
 */
export function chargeNsfFee(
  tx: Db,
  clock: Clock,
  actor: Actor,
  payment: TransactionView,
  { amount, serviceTypeCode }: NsfFee,
  today: string,
): Promise<InvoiceView> {
  return issueInvoice(tx, clock, actor, {
    accountId: payment.accountId,
    number: `NSF-${payment.id.slice(-12)}`,
    invoiceDate: today,
    dueDate: today,
    lines: [{ serviceTypeCode, dateOfService: today, amount }],
  });
}
