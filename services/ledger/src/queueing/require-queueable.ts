import { againstRule, notFound, type Db } from '@recoup/service-kit';
import { requireAssigned } from '../account-payers/account-payer.js';
import { requireNotFuture, type LockedAccount } from '../accounts/lock-account.js';
import { requireEligible } from '../accounts/require-eligible.js';
import { requireInUse, type PayerView } from '../payers/payer.js';
import { queueableLines, type QueueableLine } from './queueable-lines.sql.js';

/**
 * Nothing is given to an agency of an account that is frozen or closed, nor to an insurer of one that is closed (BLK-18).
 * @throws DomainError 422 `frozen`, `closed`, `payer-not-in-use`, `payer-not-assigned`
 */
export async function requireResponsible(tx: Db, account: LockedAccount, payer: PayerView): Promise<void> {
  if (payer.type === 'self') return;
  const like = payer.type === 'generic' ? 'refer' : 'write-off';
  requireEligible(like, account, `nothing of it is queued to ${payer.code}`, 'billLineIds');
  requireInUse(payer);
  await requireAssigned(tx, account.id, payer);
}

/**
 * The lines that are to be queued, in the order given.
 * @throws DomainError 404, 422 `repeated-line`, `same-payer`, `referred`
 */
export async function requireLines(
  tx: Db,
  accountId: string,
  payer: PayerView,
  ids: readonly string[],
): Promise<QueueableLine[]> {
  if (new Set(ids).size < ids.length)
    throw againstRule('repeated-line', 'A bill line is named twice.', [
      { field: 'billLineIds', message: 'names a bill line twice', expected: 'each bill line once' },
    ]);
  const found = new Map((await queueableLines(tx, accountId, ids)).map((line) => [line.billLineId, line]));
  return ids.map((id, index) => {
    const line = found.get(id);
    if (!line) throw notFound('bill line');
    const field = `billLineIds.${index}`;
    if (line.payerId === payer.id)
      throw againstRule('same-payer', `${payer.code} is responsible for the line already.`, [
        { field, message: `is queued to ${payer.code} already`, expected: 'a line of another payer' },
      ]);
    if (line.openedAs === 'referral')
      throw againstRule(
        'referred',
        'The line was referred to an agency after a write-off; it comes back by a recall.',
        [{ field, message: 'was referred to an agency', expected: 'a recall of it, POST agency-referrals/recall' }],
      );
    return line;
  });
}

/** @throws DomainError 422 `future-date`, `before-invoice` */
export function requireResponsibilityDate(date: string, today: string, lines: readonly QueueableLine[]): void {
  requireNotFuture(date, today, 'responsibilityDate');
  const latest = lines.map(({ invoiceDate }) => invoiceDate).reduce((a, b) => (a > b ? a : b));
  if (date < latest)
    throw againstRule('before-invoice', `The invoice is of ${latest}; nobody is responsible for it before that.`, [
      { field: 'responsibilityDate', message: 'is before the invoice', expected: `at least ${latest}` },
    ]);
}

/** What is thrown when lines have nothing that could be queued. */
export function nothingToQueue(ids: readonly string[], empty: readonly QueueableLine[]): Error {
  const errors = empty.map(({ billLineId }) => ({
    field: `billLineIds.${ids.indexOf(billLineId)}`,
    message: 'has nothing open',
    expected: 'a line with an open amount, or one closed by a custom write-off and not yet referred',
  }));
  return againstRule('nothing-open', 'Nothing is open to be queued.', errors);
}
