import { eligibilityRows, type EligibilityAction } from '@recoup/contracts';
import { againstRule } from '@recoup/service-kit';
import type { LockedAccount } from './lock-account.js';

/**
 * Refuses what the status of an account does not allow, by the table of the contracts (BLK-18).
 * @param consequence what is therefore not done, such as `nothing of it is referred`
 * @param field by which the request named the account
 * @throws DomainError 422 `frozen`, `closed`, `already-frozen`, `not-frozen`
 */
export function requireEligible(
  action: EligibilityAction,
  { status }: Pick<LockedAccount, 'status'>,
  consequence: string,
  field = 'accountId',
): void {
  const table = eligibilityRows(action);
  const reason = table.find((row) => row.status === status)?.reason ?? null;
  if (reason === null) return;
  const fit = table.filter((row) => row.reason === null).map((row) => row.status);
  throw againstRule(reason, `The account is ${status}; ${consequence}.`, [
    { field, message: `is of an account that is ${status}`, expected: `an account that is ${fit.join(' or ')}` },
  ]);
}
