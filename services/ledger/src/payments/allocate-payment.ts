import { againstRule, type Db } from '@recoup/service-kit';
import { allocateOldestFirst, linesMax, type Allocation, type OpenLine } from '../postings/allocation.js';
import { openLines } from '../postings/open-lines.js';
import type { NewPayment } from './payment-request.js';

type Wanted = NonNullable<NewPayment['allocations']>;

/**
 * Where a payment goes: as its allocations say, else oldest due first, to what is open of the account itself or, with a
 * payer, of what is queued to that payer (LED-30).
 * @throws DomainError 422 `allocation-above-payment`, `allocation-above-open`, `repeated-invoice`, `repeated-line`, `too-many-lines`
 */
export async function allocatePayment(
  tx: Db,
  { accountId, amount, allocations }: NewPayment,
  payerId: string | undefined,
): Promise<Allocation[]> {
  if (!allocations) {
    const lines = await openLines(tx, { accountId, payerId });
    return allocateOldestFirst(amount, lines.slice(0, linesMax)).parts;
  }
  const sum = allocations.reduce((total, each) => total + each.amount, 0);
  if (sum > amount)
    throw refused(
      'allocation-above-payment',
      'allocations',
      `${sum} is allocated of a payment of ${amount}`,
      `at most ${amount} in all`,
    );
  requireOnce(allocations);
  const named = {
    invoiceIds: allocations.flatMap(({ invoiceId = [] }) => invoiceId),
    billLineIds: allocations.flatMap(({ billLineId = [] }) => billLineId),
  };
  const lines = await openLines(tx, { accountId, payerId, named });
  if (lines.length > linesMax)
    throw refused(
      'too-many-lines',
      'allocations',
      `more than ${linesMax} lines are touched`,
      'fewer invoices a payment',
    );
  return allocateByHand(lines, allocations);
}

function requireOnce(wanted: Wanted): void {
  const names = wanted.map(({ invoiceId, billLineId }) => invoiceId ?? billLineId);
  const repeated = wanted.find(({ invoiceId, billLineId }, index) => names.indexOf(invoiceId ?? billLineId) < index);
  if (!repeated) return;
  const what = repeated.invoiceId === undefined ? 'line' : 'invoice';
  throw refused(`repeated-${what}`, 'allocations', `one ${what} is named twice`, `each ${what} once`);
}

/** Each allocation to what is open of its invoice or line, less what those before it took. */
function allocateByHand(lines: readonly OpenLine[], wanted: Wanted): Allocation[] {
  const open = new Map(lines.map((line) => [line.billLineId, line.open]));
  return wanted.flatMap(({ invoiceId, billLineId, amount }, index) => {
    const own = lines
      .filter((line) => line.invoiceId === invoiceId || line.billLineId === billLineId)
      .map((line) => ({ ...line, open: open.get(line.billLineId) ?? 0 }));
    const { parts, left } = allocateOldestFirst(amount, own);
    if (left > 0)
      throw refused(
        'allocation-above-open',
        `allocations.${index}.amount`,
        `it is more than is owed on that ${invoiceId === undefined ? 'line' : 'invoice'}`,
        `at most ${amount - left}`,
      );
    for (const part of parts) open.set(part.line.billLineId, part.line.open - part.amount);
    return parts;
  });
}

function refused(code: string, field: string, message: string, expected: string): Error {
  return againstRule(code, `${field} is refused: ${message}. Right would be ${expected}.`, [
    { field, message, expected },
  ]);
}
