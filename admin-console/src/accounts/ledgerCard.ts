import type { AccountCard, LedgerAccount } from './accountTypes.js';

/** What the ledger can say of an account in the place of its card; what only the collections service knows is left open. */
export function ledgerCard(account: LedgerAccount): AccountCard {
  const { id, number, name, officeCode, currency, status, balance, credit, erasedAt } = account;
  const { email, phones, addresses, language, timeZone } = account;
  return {
    id,
    accountNumber: number,
    name,
    officeCode,
    currency,
    accountStatus: status,
    balance,
    credit,
    lastPayment: null,
    agencyCode: null,
    stage: 'not-set',
    stageSince: null,
    flags: [],
    stageHistory: [],
    contact: { name, email, phones, addresses, language, timeZone },
    erasedAt,
    ofLedger: true,
  };
}
