import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql, type Db } from '@recoup/service-kit';
import { batches, interleave, LedgerLog } from '@recoup/receivables/testing/deliver-events';
import { foldAccount } from '@recoup/receivables/testing/fold-history';
import { HistoryMaker, randomOf } from '@recoup/receivables/testing/ledger-history';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { ReportSnapshots } from './report-snapshots.js';
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
    'loses nothing, whatever the order of movements (seed %i)',
    async (seed) => {
      const snapshots = service.app.get(ReportSnapshots);
      const random = randomOf(seed);
      const maker = new HistoryMaker(random, officeId);
      const days = Array.from({ length: 5 }, () => maker.day());
      const log = new LedgerLog(markStale);
      const partitions = [0, 1, 2].map((each) => each + seed * 10);
      const histories = partitions.map(() => Array.from({ length: 12 }, () => maker.account(25)));
      let applying = partitions.length;
      const apply = partitions.map(async (partition, index) => {
        const arrived = interleave(
          (histories[index] ?? []).map(({ events }) => events),
          random,
        );
        for (const batch of batches(arrived, 40, random)) await log.deliver(db(), batch, partition);
        applying -= 1;
      });
      const read = days.map(async (day) => {
        while (applying > 0) await snapshots.ofDay(day);
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
      }
    },
    120_000,
  );
});
