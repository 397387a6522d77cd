import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busParts } from '../testing/bus-fixture.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { databaseOptions, row, rows, sql, transaction, type Db } from './database.js';
import { prepared } from './prepared.js';

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase(busParts, 'ledger');
  orm = await MikroORM.init(databaseOptions(database.ownerUrl, busParts, 1, 'prepared'));
});
afterAll(async () => {
  await orm.close(true);
  await database.drop();
});

const kept = (tx: Db): Promise<{ statement: string; plans: number }[]> =>
  rows(
    tx,
    sql`SELECT statement, (generic_plans + custom_plans)::int AS plans FROM pg_prepared_statements WHERE statement LIKE '%AS sum%'`,
  );

describe('a statement marked as prepared', () => {
  it('is kept by its connection, and takes new values each time; another is not kept', async () => {
    await transaction(orm.em.fork(), async (tx) => {
      for (const n of [1, 2, 3])
        expect(await row(tx, prepared`SELECT ${n}::int + ${10}::int AS sum`)).toEqual({ sum: 10 + n });
      expect(await row(tx, sql`SELECT ${1}::int - ${1}::int AS sum`)).toEqual({ sum: 0 });
      const expected = '/* prepared */ SELECT $1::int + $2::int AS sum';
      expect(await kept(tx)).toEqual([{ statement: expected, plans: 3 }]);
    });
  });

  it('is told apart by its parts, of which a text may have some or not', async () => {
    await transaction(orm.em.fork(), async (tx) => {
      expect(await row(tx, prepared`SELECT ${1}::int + ${sql`${5}::int`} + 100 AS sum`)).toEqual({ sum: 106 });
      expect(await row(tx, prepared`SELECT ${1}::int + ${sql`0`} + 100 AS sum`)).toEqual({ sum: 101 });
      expect((await kept(tx)).map(({ statement }) => statement)).toEqual(
        expect.arrayContaining([
          '/* prepared */ SELECT $1::int + $2::int + 100 AS sum',
          '/* prepared */ SELECT $1::int + 0 + 100 AS sum',
        ]),
      );
    });
  });

  it('is planned each time once too many texts are kept, as those made of values would be', async () => {
    await transaction(orm.em.fork(), async (tx) => {
      for (let n = 0; n < 250; n += 1)
        expect(await row(tx, prepared`SELECT ${sql.raw(String(n))} AS sum`)).toEqual({ sum: n });
      expect((await kept(tx)).length).toBeLessThanOrEqual(200);
    });
  });
});
