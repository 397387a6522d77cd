import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { Client as Api } from '@recoup/e2e/client';
import type { Client } from 'pg';
import type { Bench } from './benches.js';
import { Books, set, sqlFile } from './books.js';
import { carryOut, drained, snapshotOf } from './bulk-runs.js';
import { inPairs, sayRatio } from './pairs.js';

const office = 'BENCH-3';
const daysPastDueMin = 31;

/**
 * B1: Update Stage on a tenth of all accounts, chosen by filter, from the request for its preview to the run's end, with
 * all services up and relaying; against one SQL file that leaves the same rows in one transaction. Both find the day's
 * snapshot of the report, as a person does who has looked at it. Legs set the two stages by turns.
 */
export const bulkStage: Bench = (options) =>
  Books.with(options, async (books) => {
    const sql = await books.connect('collections', { office });
    const file = sqlFile('bulk-stage');
    const leg = async (run: (stage: string) => Promise<number>): Promise<number> => {
      await settle(sql);
      const took = await run(await otherStage(sql));
      console.log(`  ${run.name} ${took.toFixed(2)} s, load ${loadavg()[0]?.toFixed(1)}`);
      return took;
    };
    const ours = (stage: string): Promise<number> => throughTheApi(books, sql, stage);
    const pair = (stage: string): Promise<number> => bySql(sql, file, stage);
    await leg(ours);
    await set(sql, { snapshot: await snapshotOf(sql, books.day) });
    const result = await inPairs(
      options.pairs,
      () => leg(ours),
      () => leg(pair),
    );
    await settle(sql);
    await books.verify();
    sayRatio(result);
  });

async function throughTheApi(books: Books, sql: Client, stage: string): Promise<number> {
  const supervisor = await Api.as(books.system, 'supervisor');
  const selection = { asOf: books.day, filter: { officeCodes: [office], daysPastDueMin } };
  return (await carryOut(supervisor, sql, { type: 'update-stage', selection, parameters: { stage } })).took;
}

async function bySql(sql: Client, file: string, stage: string): Promise<number> {
  await set(sql, { stage, action: randomUUID() });
  const since = performance.now();
  await sql.query(`BEGIN; ${file} COMMIT;`);
  return (performance.now() - since) / 1000;
}

/** The stage that the accounts do not have: a leg changes all of them. */
async function otherStage(sql: Client): Promise<string> {
  const { rowCount } = await sql.query(`SELECT 1 FROM account_states WHERE stage = 'pending' LIMIT 1`);
  return rowCount === 0 ? 'pending' : 'sent';
}

/** Both legs begin alike: the outbox drained, what was superseded cleared away, everything written out. */
async function settle(sql: Client): Promise<void> {
  await drained(sql);
  await sql.query('VACUUM (ANALYZE) account_states, stage_periods, bulk_action_items, outbox, audit');
  await sql.query('CHECKPOINT');
}
