import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyLedgerEvents } from '@recoup/receivables';
import { isReadable, readMessage, row, rows, run, sql, transaction, type Db } from '@recoup/service-kit';
import { batches, interleave, LedgerLog, rawMessage } from '@recoup/receivables/testing/deliver-events';
import { foldAccount } from '@recoup/receivables/testing/fold-history';
import { HistoryMaker, type HistoryEvent } from '@recoup/receivables/testing/ledger-history';
import { randomOf } from '@recoup/service-kit/testing/random';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { ReportSnapshots } from './report-snapshots.js';
import type { Snapshot } from './snapshot.js';
import { snapshotRowsSql, type Way } from './snapshot-rows.sql.js';
import { markStale } from './stale-accounts.js';

interface Figures {
  readonly balance: number;
  readonly credit: number;
  readonly open_invoices: number;
}

describe('A snapshot that is built and read while events are applied', () => {
  let service: CollectionsUnderTest;
  const officeId = '00000000-0000-7000-8000-00000000000b';
  const db = (): Db => service.orm.em.fork();

  beforeAll(async () => {
    service = await collectionsUnderTest({ runner: false });
  });

  afterAll(async () => {
    await service.stop();
  });

  it.each([1, 2, 3, 4])(
    'loses nothing, whatever the order of movements, and is the same by either way (seed %i)',
    async (seed) => {
      const snapshots = service.app.get(ReportSnapshots);
      const random = randomOf(seed);
      const maker = new HistoryMaker(random, officeId);
      const days = Array.from({ length: 5 }, () => maker.day());
      const log = new LedgerLog(markStale);
      const partitions = [0, 1, 2].map((each) => each + seed * 10);
      const histories = partitions.map(() => Array.from({ length: 12 }, () => maker.account(25)));
      const state = { applying: partitions.length };
      const apply = partitions.map(async (partition, index) => {
        const arrived = interleave(
          (histories[index] ?? []).map(({ events }) => events),
          random,
        );
        for (const batch of batches(arrived, 40, random)) await log.deliver(db(), batch, partition);
        state.applying -= 1;
      });
      const read = days.map(async (day) => {
        while (state.applying > 0) await snapshots.ofDay(day);
      });
      await Promise.all([...apply, ...read]);
      for (const day of days) {
        const snapshot = await snapshots.ofDay(day);
        const stored = await snapshots.read(snapshot, (tx, table) =>
          rows<Figures & { account_id: string }>(
            tx,
            sql`SELECT account_id, balance, credit, open_invoices FROM ${table}`,
          ),
        );
        const ours = new Map(stored.map(({ account_id, ...figures }) => [account_id, figures]));
        for (const { accountId, events } of histories.flat()) {
          const { balance, credit, openInvoices } = foldAccount(events, day);
          const expected = balance <= 0 ? undefined : { balance, credit, open_invoices: openInvoices };
          expect({ day, accountId, figures: ours.get(accountId) }).toEqual({ day, accountId, figures: expected });
        }
        const [back, forth] = [await rowsBy('back', day), await rowsBy('forth', day)];
        expect(back.length).toBeGreaterThan(0);
        expect(forth).toEqual(back);
      }
    },
    120_000,
  );

  const day = '2025-12-31';

  it('is built after what was being applied when it was asked for', async () => {
    const account = new HistoryMaker(randomOf(99), officeId).account(1);
    let built: Promise<Snapshot> | undefined;
    await run(db(), sql`UPDATE report_snapshots SET last_used_at = '2000-01-01'`);
    await applyHeld(db(), [...account.events, owes(account.accountId, 700, 2)], async () => {
      built = service.app.get(ReportSnapshots).ofDay(day);
      await aMoment();
    });
    await built;
    expect(await balanceOf(account.accountId)).toBe(700);
  });

  it('keeps the mark that is being written while a read takes the ones before it', async () => {
    const account = new HistoryMaker(randomOf(98), officeId).account(1);
    await applyHeld(db(), [...account.events, owes(account.accountId, 700, 2)], () => Promise.resolve());
    await applyHeld(db(), [owes(account.accountId, 50, 3)], async () => {
      expect(await balanceOf(account.accountId)).toBe(700);
    });
    expect(await balanceOf(account.accountId)).toBe(750);
  });

  function rowsBy(way: Way, asOf: string): Promise<unknown[]> {
    return rows(db(), sql`SELECT * FROM (${snapshotRowsSql(asOf, way)}) computed ORDER BY account_id`);
  }

  async function balanceOf(accountId: string): Promise<number | undefined> {
    const snapshots = service.app.get(ReportSnapshots);
    return snapshots.read(await snapshots.ofDay(day), async (tx, table) => {
      const found = await row<Figures>(tx, sql`SELECT balance FROM ${table} WHERE account_id = ${accountId}`);
      return found?.balance;
    });
  }
});

/** An invoice of June 2025 as an event. */
function owes(accountId: string, amount: number, sequence: number): HistoryEvent {
  const [invoiceId, billLineId, day] = [randomUUID(), randomUUID(), '2025-06-01'];
  const line = { serviceLineId: randomUUID(), billLineId, serviceTypeCode: 'service', dateOfService: day, amount };
  const lines = [{ ...line, payerCode: 'SELF', payerType: 'self' as const, responsibilityDate: day }];
  const dates = { invoiceDate: day, dueDate: day, recordedAt: '2026-01-01T00:00:00Z' };
  const data = { accountId, invoiceId, number: invoiceId, ...dates, total: amount, currency: 'USD', lines };
  return { type: 'recoup.ledger.invoice-issued.v1', sequence, data };
}

/** Applies events in a transaction that is held open while `meanwhile` lasts. */
async function applyHeld(db: Db, events: readonly HistoryEvent[], meanwhile: () => Promise<void>): Promise<void> {
  const messages = events.map((event, offset) =>
    readMessage(rawMessage({ ...event, subject: event.data.accountId }, 99, offset)),
  );
  await transaction(db, async (tx) => {
    await applyLedgerEvents({ tx, messages: messages.filter(isReadable) }, markStale);
    await meanwhile();
  });
}

function aMoment(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 700);
  });
}
