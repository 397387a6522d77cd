import type { Db } from '@recoup/service-kit';
import { publishAccountEvents, type AccountEvent } from '../../accounts/account-events.js';
import { applyCredit } from '../../credit/apply-credit.js';
import { chargeOf, issuedEvent, writeInvoices, type NewInvoice } from '../../invoices/issue-invoices.js';
import { bookTransactions } from '../../postings/book-transactions.js';
import { creditMovementsOf } from '../../postings/posting.js';
import { compareContacts } from '../compare-contacts.js';
import type { ChunkBookings } from '../chunk-booker.js';
import { bookingsOf, openedEvents } from '../chunk-bookings.js';
import { piecesOf } from '../chunk-pieces.js';
import { openAndLockAccounts } from '../import-accounts.js';
import type { ChunkOutcome, ImportKind } from '../import-kind.js';
import { judgeRows, type Judged } from '../judge-rows.js';
import { findKnownInvoices } from '../known-invoices.js';
import { readInvoiceRow, type ReadRow } from '../parse-row.js';
import { markSettled, writeDisputes } from '../settlements.js';
import type { StagedRow } from '../staged-row.js';

/**
 * Files of invoices, one row each with its account, contact data and settlement (LED-60): accounts opened and locked in
 * order of id, rows judged against what the books have, invoices, settlements, credit, disputes, events.
 */
export const invoices: ImportKind<ReadRow | StagedRow> = {
  read: readInvoiceRow,

  async book(tx, { clock, cipher }, { importId, mapping, actor, rows, offices }) {
    const accounts = await openAndLockAccounts(tx, cipher, offices, importId, rows);
    const known = await findKnownInvoices(tx, offices, rows);
    const judged = judgeRows(rows, known, (code) => offices.get(code)?.currency ?? '');
    const by = { actor, recordedAt: clock.now(), serviceTypeCode: mapping.serviceTypeCode };
    const withCredit = new Set([...accounts.values()].filter(({ credit }) => credit > 0).map(({ id }) => id));
    const written = new Map<string, string>();
    const events = openedEvents(accounts);
    for (const piece of await piecesOf(tx, judged)) {
      const bookings = await bookingsOf(tx, piece, accounts, by, written);
      events.push(...(await bookPiece(tx, bookings, withCredit, by)));
    }
    await publishAccountEvents(tx, events);
    return { ...outcomeOfJudged(judged), doubts: await compareContacts(tx, cipher, importId, rows, accounts) };
  },
};

/** Books a piece and answers its events, in their order; whose payments leave credit joins those who have some. */
async function bookPiece(
  tx: Db,
  bookings: ChunkBookings,
  withCredit: Set<string>,
  by: { actor: string; recordedAt: string },
): Promise<AccountEvent[]> {
  const { invoices: made, payments, paymentEvents, settled } = bookings;
  await writeInvoices(tx, made, by.recordedAt);
  await bookTransactions(tx, [...made.map((invoice) => chargeOf(invoice, by.recordedAt, by.actor)), ...payments]);
  await markSettled(tx, settled);
  const disputes = await writeDisputes(tx, bookings);
  const credited = await creditOf(tx, made, withCredit, by);
  for (const { accountId, postings } of payments) if (creditMovementsOf(postings).length > 0) withCredit.add(accountId);
  const issued = made.map((invoice) => issuedEvent(invoice, by.recordedAt));
  return [...issued, ...paymentEvents, ...disputes, ...credited];
}

/** Only what is still unsettled can take credit, and few accounts have any: the rest is spared the look. */
async function creditOf(
  tx: Db,
  issued: readonly NewInvoice[],
  withCredit: ReadonlySet<string>,
  by: { actor: string; recordedAt: string },
): Promise<AccountEvent[]> {
  const open = issued.filter(({ accountId, settledOn }) => settledOn === null && withCredit.has(accountId));
  if (open.length === 0) return [];
  return applyCredit(
    tx,
    open.map(({ id }) => id),
    by,
  );
}

function outcomeOfJudged(judged: readonly Judged[]): ChunkOutcome {
  const linesOf = (...kinds: string[]): number[] =>
    judged.filter(({ verdict }) => kinds.includes(verdict.kind)).map(({ row }) => row.line);
  const refused = judged.flatMap(({ row, verdict }) => {
    if (verdict.kind !== 'refused') return [];
    const { field, value, detail } = verdict;
    return [{ line: row.line, field, value, reason: 'known-with-other-content', detail }];
  });
  return { booked: linesOf('new', 'settle'), unchanged: linesOf('unchanged'), refused };
}
