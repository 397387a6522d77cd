import { rows, sql, type Db } from '@recoup/service-kit';

const shipped: Readonly<Record<string, string>> = {
  'receivable:self': 'Receivable: accounts',
  'receivable:insurer': 'Receivable: insurers',
  'receivable:generic': 'Receivable: agencies',
  income: 'Income',
  cash: 'Cash',
  'account-credit': 'Credit of accounts',
  recoverable: 'Recoverable from agencies',
  requeued: 'Between payers',
};
const writeOffPrefix = 'write-off:';

/** Names of ledger accounts in a file, as people read it: those of write-offs have their types' names of today (LED-12). */
export async function ledgerAccountNames(db: Db): Promise<(ledgerAccount: string) => string> {
  const types = await rows<{ code: string; name: string }>(db, sql`SELECT code, name FROM transaction_types`);
  const names = new Map(types.map(({ code, name }) => [`${writeOffPrefix}${code}`, `Write-off: ${name}`]));
  return (ledgerAccount) => shipped[ledgerAccount] ?? names.get(ledgerAccount) ?? ledgerAccount;
}
