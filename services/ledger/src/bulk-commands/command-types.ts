import type { MessageTypeName } from '@recoup/contracts';

/** What the ledger is commanded to do, in one list so that one handler takes all of it as one run. */
export const commandTypes = [
  'recoup.ledger.write-off-accounts.v1',
  'recoup.ledger.add-fees.v1',
  'recoup.ledger.freeze-accounts.v1',
  'recoup.ledger.roll-back-freezes.v1',
  'recoup.ledger.refer-balances.v1',
  'recoup.ledger.recall-balances.v1',
  'recoup.ledger.reverse-transactions.v1',
  'recoup.ledger.issue-invoices.v1',
] as const satisfies readonly MessageTypeName[];
export type Command = (typeof commandTypes)[number];

/** The commands of bulk actions: each is about a chunk of accounts, whose items are answered one by one. */
export type BulkCommand = Exclude<Command, 'recoup.ledger.issue-invoices.v1'>;
