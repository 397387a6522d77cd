import { againstRule, type Actor, type Clock, type Db } from '@recoup/service-kit';
import type { LockedAccount } from '../accounts/lock-account.js';
import { requireEligible } from '../accounts/require-eligible.js';
import type { Allocation } from '../postings/allocation.js';
import type { NewTransaction } from '../postings/book-transactions.js';
import { openLines } from '../postings/open-lines.js';
import { touched } from '../postings/touched.js';
import { bookClosing } from '../write-offs/book-closing.js';
import { requireClosingType } from '../write-offs/close-lines.js';
import type { PaymentWriteOff } from './payment-request.js';

/**
 * Books what a payment's window writes off, one transaction a type, each naming the payment (LED-41): of lines of the
 * account itself, never more than the payment left open.
 * @throws DomainError 422 `closed`, `unknown-transaction-type`, `write-off-above-open`, `before-invoice`
 */
export async function bookPaymentWriteOffs(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  payment: Pick<NewTransaction, 'id' | 'effectiveDate'>,
  writeOffs: readonly PaymentWriteOff[],
): Promise<NewTransaction[]> {
  if (writeOffs.length === 0) return [];
  requireEligible('write-off', account, 'nothing of it is written off', 'writeOffs');
  const parts = await partsOf(tx, account.id, writeOffs);
  requireNotBefore(payment.effectiveDate, parts);
  const booked: NewTransaction[] = [];
  for (const [typeCode, own] of Map.groupBy(parts, (part) => part.typeCode)) {
    await requireClosingType(tx, 'write-off', typeCode);
    const { effectiveDate, id: paymentId } = payment;
    const closing = { kind: 'write-off', typeCode, effectiveDate, parts: own, reason: null, paymentId } as const;
    booked.push(await bookClosing(tx, clock, actor, account, { ...closing, ...touched(own.map(({ line }) => line)) }));
  }
  return booked;
}

async function partsOf(
  tx: Db,
  accountId: string,
  writeOffs: readonly PaymentWriteOff[],
): Promise<(Allocation & { readonly typeCode: string })[]> {
  const billLineIds = writeOffs.map(({ billLineId }) => billLineId);
  const lines = await openLines(tx, { accountId, named: { invoiceIds: [], billLineIds } });
  const byId = new Map(lines.map((line) => [line.billLineId, line]));
  const open = new Map(lines.map((line) => [line.billLineId, line.open]));
  return writeOffs.map(({ billLineId, amount, transactionTypeCode: typeCode }, index) => {
    const line = byId.get(billLineId);
    const left = open.get(billLineId) ?? 0;
    if (!line || amount > left)
      throw againstRule('write-off-above-open', `${amount} is more than the account owes on that line, ${left}.`, [
        { field: `writeOffs.${index}.amount`, message: 'is more than is open', expected: `at most ${left}` },
      ]);
    open.set(billLineId, left - amount);
    return { line, amount, typeCode };
  });
}

function requireNotBefore(effectiveDate: string, parts: readonly Allocation[]): void {
  const latest = parts.map(({ line }) => line.invoiceDate).reduce((a, b) => (a > b ? a : b));
  if (effectiveDate >= latest) return;
  throw againstRule('before-invoice', `An invoice is of ${latest}; nothing of it is written off before that.`, [
    { field: 'effectiveDate', message: 'is before an invoice that is written off', expected: `at least ${latest}` },
  ]);
}
