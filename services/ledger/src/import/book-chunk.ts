import { rows, sql, type Clock, type ContactCipher, type Db } from '@recoup/service-kit';
import { publishAccountEvents, type AccountEvent } from '../accounts/account-events.js';
import { applyCredit } from '../credit/apply-credit.js';
import { chargeOf, issuedEvent, writeInvoices } from '../invoices/issue-invoices.js';
import { bookTransactions } from '../postings/book-transactions.js';
import { dropStaged, openAndLockAccounts, type ImportOffice } from './import-accounts.js';
import type { StagedRow } from './staged-row.js';
import { findKnownInvoices } from './known-invoices.js';
import { judgeRows, type Judged } from './judge-rows.js';
import { bookingsOf, type ChunkBookings } from './chunk-bookings.js';
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
  const bookings = await bookingsOf(tx, judged, accounts, by);
  await writeInvoices(tx, bookings.invoices, by.recordedAt);
  const charges = bookings.invoices.map((invoice) => chargeOf(invoice, by.recordedAt, actor));
  await bookTransactions(tx, [...charges, ...bookings.payments]);
  await markSettled(tx, bookings.settled);
  const disputes = await writeDisputes(tx, bookings);
  const credited = await creditOf(tx, bookings, by);
  await publishAccountEvents(tx, [...eventsOf(bookings, by.recordedAt), ...disputes, ...credited]);
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

/** Only what is still unsettled can take credit, and few accounts have any: the rest is spared the look. */
async function creditOf(
  tx: Db,
  { invoices, accountsWithCredit }: ChunkBookings,
  by: { actor: string; recordedAt: string },
): Promise<AccountEvent[]> {
  const open = invoices.filter(({ accountId, settledOn }) => settledOn === null && accountsWithCredit.has(accountId));
  return open.length === 0
    ? []
    : applyCredit(
        tx,
        open.map(({ id }) => id),
        by,
      );
}

function eventsOf(bookings: ChunkBookings, recordedAt: string): AccountEvent[] {
  return [
    ...bookings.opened,
    ...bookings.invoices.map((invoice) => issuedEvent(invoice, recordedAt)),
    ...bookings.paymentEvents,
  ];
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
