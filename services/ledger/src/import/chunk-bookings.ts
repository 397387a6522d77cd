import type { Db } from '@recoup/service-kit';
import type { AccountEvent } from '../accounts/account-events.js';
import { newIds } from '../postings/book-transactions.js';
import { ChunkBooker, idsPerRow, type By, type ChunkBookings } from './chunk-booker.js';
import type { ImportAccount } from './import-accounts.js';
import { invoiceKey, notYetWritten, type Judged } from './judge-rows.js';
import { findOpenLines } from './known-invoices.js';

/**
 * Works out what judged rows book: invoices of the new ones, payments of those newly settled, disputes.
 * @param before ids of the invoices that earlier pieces of the chunk wrote, by `invoiceKey`; those of this piece are added
 */
export async function bookingsOf(
  tx: Db,
  judged: readonly Judged[],
  accounts: ReadonlyMap<string, ImportAccount>,
  by: By,
  before: Map<string, string>,
): Promise<ChunkBookings> {
  const effective = judged.filter(({ verdict }) => verdict.kind === 'new' || verdict.kind === 'settle');
  const knownId = ({ row, verdict }: Judged): string =>
    verdict.kind === 'settle' && verdict.invoice.invoiceId !== notYetWritten
      ? verdict.invoice.invoiceId
      : (before.get(invoiceKey(row)) ?? notYetWritten);
  const settledIds = effective.filter(({ verdict }) => verdict.kind === 'settle').map(knownId);
  const openLines = await findOpenLines(
    tx,
    settledIds.filter((id) => id !== notYetWritten),
  );
  const booker = new ChunkBooker(await newIds(tx, effective.length * idsPerRow), accounts, openLines, by);
  for (const each of effective) {
    if (each.verdict.kind === 'new') before.set(invoiceKey(each.row), booker.issue(each.row));
    else booker.settle(each.row, knownId(each));
  }
  return booker;
}

/** The events of accounts that a chunk opened. */
export function openedEvents(accounts: ReadonlyMap<string, ImportAccount>): AccountEvent[] {
  return [...accounts.values()].filter(({ opened }) => opened).map(openedEvent);
}

function openedEvent({ id: accountId, officeId, number, currency }: ImportAccount): AccountEvent {
  const data = { accountId, officeId, number, currency, status: 'active' as const, statementHold: false };
  return { type: 'recoup.ledger.account-opened.v1', data };
}
