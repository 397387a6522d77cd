import type { LedgerChanges } from './ledger-events.js';

/** An account that a run touched, and the earliest day from which on its figures may differ from before. */
export interface TouchedAccount {
  readonly accountId: string;
  readonly earliestEffectiveDate: string;
}

/** Which accounts a run touched, once each. A dispute touches from the day it was opened. */
export function touchedAccounts(changes: LedgerChanges): TouchedAccount[] {
  const earliest = new Map<string, string>();
  const touch = (accountId: string, date: string): void => {
    const known = earliest.get(accountId);
    if (known === undefined || date < known) earliest.set(accountId, date);
  };
  for (const { account_id, effective_date } of changes.movements) touch(account_id, effective_date);
  for (const { accountId, openedOn } of changes.disputes) touch(accountId, openedOn);
  return [...earliest].map(([accountId, earliestEffectiveDate]) => ({ accountId, earliestEffectiveDate }));
}
