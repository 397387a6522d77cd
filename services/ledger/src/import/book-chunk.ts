import { rows, sql, type Clock, type ContactCipher, type Db } from '@recoup/service-kit';
import { publishAccountEvents, type AccountEvent } from '../accounts/account-events.js';
import { applyCredit } from '../credit/apply-credit.js';
import { chargeOf, issuedEvent, writeInvoices, type NewInvoice } from '../invoices/issue-invoices.js';
import { bookTransactions } from '../postings/book-transactions.js';
import { creditMovementsOf } from '../postings/posting.js';
import { dropStaged, openAndLockAccounts, type ImportOffice } from './import-accounts.js';
import type { StagedRow } from './staged-row.js';
import { findKnownInvoices } from './known-invoices.js';
import { judgeRows, type Judged } from './judge-rows.js';
import { bookingsOf, openedEvents, type ChunkBookings } from './chunk-bookings.js';
import { piecesOf } from './chunk-pieces.js';
import { markSettled, writeDisputes } from './settlements.js';
import { keepFindings } from './keep-findings.js';
import type { Finding, ImportRow } from './parse-row.js';
import type { Mapping } from './mapping.js';

/** How a chunk's good rows ended. */
export interface ChunkOutcome {
  readonly booked: number;
  readonly unchanged: number;
  readonly refused: number;
}

/**
 * Books a chunk of staged rows, every step as a set: accounts opened and locked in order of id, rows judged against what
 * the books have, invoices, settlements, credit, disputes, events. The staged rows go with it.
 */
export async function bookChunk(
  tx: Db,
  parts: { clock: Clock; cipher: ContactCipher },
  work: { importId: string; chunk: number; mapping: Mapping; actor: string },
): Promise<ChunkOutcome> {
  const { importId, chunk, mapping, actor } = work;
  const staged = await rows<{ fields: StagedRow }>(
    tx,
    sql`SELECT fields FROM import_rows WHERE import_id = ${importId} AND chunk = ${chunk} ORDER BY line`,
  );
  if (staged.length === 0) return { booked: 0, unchanged: 0, refused: 0 };
  const chunkRows = staged.map(({ fields }) => fields);
  const offices = await officesOf(tx, chunkRows);
  const accounts = await openAndLockAccounts(tx, parts.cipher, offices, importId, chunkRows);
  const known = await findKnownInvoices(tx, offices, chunkRows);
  const judged = judgeRows(chunkRows, known, (code) => offices.get(code)?.currency ?? '');
  const by = { actor, recordedAt: parts.clock.now(), serviceTypeCode: mapping.serviceTypeCode };
  const withCredit = new Set([...accounts.values()].filter(({ credit }) => credit > 0).map(({ id }) => id));
  const written = new Map<string, string>();
  const events = openedEvents(accounts);
  for (const piece of await piecesOf(tx, judged)) {
    const bookings = await bookingsOf(tx, piece, accounts, by, written);
    events.push(...(await bookPiece(tx, bookings, withCredit, by)));
  }
  await publishAccountEvents(tx, events);
  await keepFindings(
    tx,
    importId,
    judged.flatMap((each) => refusalOf(each, mapping)),
  );
  await dropStaged(tx, importId, chunk);
  return countOf(judged);
}

async function officesOf(tx: Db, chunk: readonly ImportRow[]): Promise<Map<string, ImportOffice>> {
  const codes = [...new Set(chunk.map(({ officeCode }) => officeCode))];
  const found = await rows<ImportOffice>(
    tx,
    sql`SELECT id, code, currency, time_zone AS "timeZone" FROM offices WHERE code = ANY(${codes}::text[])`,
  );
  return new Map(found.map((office) => [office.code, office]));
}

/** Books a piece and answers its events, in their order; whose payments leave credit joins those who have some. */
async function bookPiece(
  tx: Db,
  bookings: ChunkBookings,
  withCredit: Set<string>,
  by: { actor: string; recordedAt: string },
): Promise<AccountEvent[]> {
  const { invoices, payments, paymentEvents, settled } = bookings;
  await writeInvoices(tx, invoices, by.recordedAt);
  await bookTransactions(tx, [...invoices.map((invoice) => chargeOf(invoice, by.recordedAt, by.actor)), ...payments]);
  await markSettled(tx, settled);
  const disputes = await writeDisputes(tx, bookings);
  const credited = await creditOf(tx, invoices, withCredit, by);
  for (const { accountId, postings } of payments) if (creditMovementsOf(postings).length > 0) withCredit.add(accountId);
  const issued = invoices.map((invoice) => issuedEvent(invoice, by.recordedAt));
  return [...issued, ...paymentEvents, ...disputes, ...credited];
}

/** Only what is still unsettled can take credit, and few accounts have any: the rest is spared the look. */
async function creditOf(
  tx: Db,
  invoices: readonly NewInvoice[],
  withCredit: ReadonlySet<string>,
  by: { actor: string; recordedAt: string },
): Promise<AccountEvent[]> {
  const open = invoices.filter(({ accountId, settledOn }) => settledOn === null && withCredit.has(accountId));
  if (open.length === 0) return [];
  return applyCredit(
    tx,
    open.map(({ id }) => id),
    by,
  );
}

function refusalOf({ row, verdict }: Judged, mapping: Mapping): Finding[] {
  if (verdict.kind !== 'refused') return [];
  const { field, value, detail } = verdict;
  const column = mapping.columns[field] ?? null;
  return [{ line: row.line, column, value, reason: 'known-with-other-content', detail, severity: 'refused' }];
}

function countOf(judged: readonly Judged[]): ChunkOutcome {
  const count = (...kinds: string[]): number => judged.filter(({ verdict }) => kinds.includes(verdict.kind)).length;
  return { booked: count('new', 'settle'), unchanged: count('unchanged'), refused: count('refused') };
}
