import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busParts, until } from '../testing/bus-fixture.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { databaseOptions, row, run, sql, transaction } from './database.js';

let database: TestDatabase;
let orm: MikroORM;
let other: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase(busParts, 'ledger');
  orm = await MikroORM.init(databaseOptions(database.ownerUrl, busParts, 2, 'lost'));
  other = await MikroORM.init(databaseOptions(database.ownerUrl, busParts, 1, 'other'));
});
afterAll(async () => {
  await Promise.all([orm.close(true), other.close(true)]);
  await database.drop();
});

const endSessions = (): Promise<number> =>
  run(
    other.em.fork(),
    sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lost'`,
  );

/** A first query may meet an idle connection whose end is not known yet; a pool without places would never answer. */
const answered = (): Promise<{ one: number }> =>
  until('a query found a connection', () =>
    row<{ one: number }>(orm.em.fork(), sql`SELECT 1 AS one`).catch(() => undefined),
  );

describe('a pool whose connections are terminated in transactions', () => {
  it('has all its places again, however often that happens', async () => {
    for (let round = 0; round < 4; round += 1) {
      const work = transaction(orm.em.fork(), async (tx) => {
        await run(tx, sql`SELECT 1`);
        await endSessions();
        await run(tx, sql`SELECT pg_sleep(5)`);
      });
      await expect(work).rejects.toThrow(/terminat|connection/i);
    }
    expect(await answered()).toEqual({ one: 1 });
  });

  it('has them again when the connection ends between two statements', async () => {
    for (let round = 0; round < 4; round += 1) {
      const work = transaction(orm.em.fork(), async (tx) => {
        await run(tx, sql`SELECT 1`);
        await endSessions();
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      });
      await expect(work).rejects.toThrow(/terminat|connection/i);
    }
    expect(await answered()).toEqual({ one: 1 });
  });
});
