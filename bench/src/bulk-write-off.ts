import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { Client as Api, loadLimitMs } from '@recoup/e2e/client';
import type { Client } from 'pg';
import type { Bench } from './benches.js';
import { Books, set, sqlFile } from './books.js';
import { carryOut, drained, snapshotOf } from './bulk-runs.js';
import { caughtUp } from './caught-up.js';
import { inPairs, sayRatio } from './pairs.js';

const office = 'BENCH-4';

/**
 * B2: the balances of a tenth of all accounts, chosen by filter, written off: from the request for its preview to the end
 * of the run and, if that is later, of its effects in the projection, with all services up and relaying; against one staged
 * SQL file in each of the two databases that leave the same rows. After each leg, not counted, the action is undone by its
 * undo, whoever booked it: every leg finds the same balances.
 */
export const bulkWriteOff: Bench = (options) =>
  Books.with(options, async (books) => {
    const collections = await books.connect('collections', { office });
    const ledger = await books.connect('ledger', { office });
    const followers = await Promise.all(
      options.services.filter((each) => each !== 'ledger').map((each) => books.connect(each)),
    );
    const settle = async (): Promise<void> => {
      for (const sql of [ledger, collections]) await drained(sql);
      for (const sql of followers) await caughtUp(ledger, sql, office);
      await ledger.query(
        'VACUUM (ANALYZE) accounts, invoices, bill_lines, transactions, postings, outbox, audit, command_answers',
      );
      await collections.query(
        'VACUUM (ANALYZE) accounts, invoices, bill_lines, movements, applied_sequences, bulk_action_items, outbox, audit',
      );
      for (const sql of [ledger, collections]) await sql.query('CHECKPOINT');
    };
    const leg = async (run: () => Promise<{ id: string; took: number }>): Promise<number> => {
      await settle();
      const { id, took } = await run();
      console.log(`  ${run.name} ${took.toFixed(2)} s, load ${loadavg()[0]?.toFixed(1)}`);
      await drained(ledger);
      for (const sql of followers) await caughtUp(ledger, sql, office);
      await undo(books, id);
      return took;
    };
    const ours = (): Promise<{ id: string; took: number }> => throughTheApi(books, ledger, collections);
    const pair = (): Promise<{ id: string; took: number }> => bySql(ledger, collections);
    await leg(ours);
    await set(collections, { snapshot: await snapshotOf(collections, books.day) });
    const result = await inPairs(
      options.pairs,
      () => leg(ours),
      () => leg(pair),
    );
    await settle();
    await books.verify();
    sayRatio(result);
  });

async function throughTheApi(books: Books, ledger: Client, collections: Client): Promise<{ id: string; took: number }> {
  const supervisor = await Api.as(books.system, 'supervisor');
  const since = performance.now();
  const { id } = await carryOut(supervisor, collections, {
    type: 'write-off',
    selection: { asOf: books.day, filter: { officeCodes: [office], daysPastDueMin: 31 } },
    parameters: { transactionTypeCode: 'coupon' },
  });
  await caughtUp(ledger, collections, office);
  return { id, took: (performance.now() - since) / 1000 };
}

/** The ledger's half commits last: until then nothing of it is published, and the projection has its positions already. */
async function bySql(ledger: Client, collections: Client): Promise<{ id: string; took: number }> {
  const id = randomUUID();
  for (const sql of [ledger, collections]) await set(sql, { action: id });
  const since = performance.now();
  await ledger.query(`BEGIN; ${sqlFile('bulk-write-off-ledger')}`);
  await collections.query(`BEGIN; ${sqlFile('bulk-write-off-collections')} COMMIT;`);
  await ledger.query('COMMIT');
  return { id, took: (performance.now() - since) / 1000 };
}

async function undo(books: Books, id: string): Promise<void> {
  const supervisor = await Api.as(books.system, 'supervisor');
  const since = performance.now();
  const { counts } = await supervisor.undo(id, loadLimitMs);
  if (counts.done === 0 || counts.done !== counts.selected)
    throw new Error(`${counts.done} of ${counts.selected} write-offs were undone`);
  console.log(`  undone in ${((performance.now() - since) / 1000).toFixed(2)} s, ${counts.done} accounts`);
}
