import { againstRule, row, sql, type Db } from '@recoup/service-kit';
import type { PayerView } from '../payers/payer.js';
import { linesMax, type Allocation } from '../postings/allocation.js';
import { openSince } from '../postings/open-since.js';
import type { NewPayment } from './payment-request.js';

/**
 * A payment of an insurer or an agency goes whole to what is queued to it: it never makes credit of the account, nor pays
 * before there was something to pay (LED-30).
 * @throws DomainError 422 `above-outstanding`, `not-allocated`, `before-open`
 */
export async function requireWhole(
  tx: Db,
  payer: PayerView,
  { accountId, amount, effectiveDate }: NewPayment,
  parts: readonly Allocation[],
): Promise<void> {
  const allocated = parts.reduce((sum, part) => sum + part.amount, 0);
  if (allocated < amount) throw notWhole(payer.code, amount, allocated, await outstanding(tx, accountId, payer));
  const since = await openSince(
    tx,
    accountId,
    parts.map(({ line }) => line.billLineId),
  );
  const latest = [...since.values()].reduce((a, b) => (a > b ? a : b), effectiveDate);
  if (latest > effectiveDate)
    throw againstRule('before-open', `What ${payer.code} owes there is open since ${latest}.`, [
      { field: 'effectiveDate', message: 'is before the payer owed it', expected: `at least ${latest}` },
    ]);
}

function notWhole(payerCode: string, amount: number, allocated: number, holds: number): Error {
  if (amount > holds)
    return againstRule('above-outstanding', `${amount} is more than ${payerCode} owes of this account, ${holds}.`, [
      { field: 'amount', message: 'is more than the payer owes', expected: `at most ${holds}` },
    ]);
  return againstRule(
    'not-allocated',
    `${allocated} of ${amount} is allocated; a payment of ${payerCode} makes no credit.`,
    [
      {
        field: 'allocations',
        message: 'leave a part of the payment',
        expected: `${amount} in all, over at most ${linesMax} lines`,
      },
    ],
  );
}

/** What the payer owes of an account, in minor units. */
async function outstanding(tx: Db, accountId: string, payer: PayerView): Promise<number> {
  const found = await row<{ open: number }>(
    tx,
    sql`SELECT coalesce(sum(open_amount), 0)::bigint AS open FROM bill_lines
        WHERE account_id = ${accountId} AND payer_id = ${payer.id} AND opened_by IS NOT NULL`,
  );
  return found?.open ?? 0;
}
