import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions, rows, run, sql, type Db } from '@recoup/service-kit';
import { createTestDatabase, type TestDatabase } from '@recoup/service-kit/testing/test-database';
import { ledgerDatabase } from '../database.js';
import { outboxOf, refusedEvents, violationsOf } from '../testing/test-ledger.js';

/** As the owner, for the service's own role has no request that changes a type. */
let database: TestDatabase;
let orm: MikroORM;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase(ledgerDatabase, 'ledger');
  orm = await MikroORM.init(databaseOptions(database.ownerUrl, ledgerDatabase, 2, 'ledger-types'));
  db = orm.em.fork();
});
afterAll(async () => {
  await orm.close(true);
  await database.drop();
});

const type = 'recoup.ledger.transaction-type-defined.v1';

async function toldOfTypes(): Promise<{ type: string; sequence: number; data: Record<string, unknown> }[]> {
  return (await outboxOf(db)).filter((each) => each.type === type);
}

describe('transaction types', () => {
  it('that ship are told once each before anybody works, in a day of the outbox', async () => {
    const types = await rows<{ id: string }>(
      db,
      sql`SELECT id AS "transactionTypeId", code, name, plural, kind, active FROM transaction_types ORDER BY id`,
    );
    const told = await toldOfTypes();
    expect(told.map(({ data }) => data)).toEqual(types);
    expect(told.map((each) => [each.type, each.sequence])).toEqual(types.map(() => [type, 1]));
    expect(await rows(db, sql`SELECT id FROM outbox_default`)).toEqual([]);
    expect(await refusedEvents(db)).toEqual([]);
    expect(await violationsOf(db)).toEqual([]);
  });

  it('are told of when they are added or changed, each time under their next number', async () => {
    await run(
      db,
      sql`INSERT INTO transaction_types (code, name, plural, kind) VALUES ('small', 'x', 'x', 'write-off')`,
    );
    await run(db, sql`UPDATE transaction_types SET name = 'Small balance' WHERE code = 'small'`);
    await run(db, sql`UPDATE transaction_types SET active = false WHERE code IN ('small', 'coupon')`);
    const later = (await toldOfTypes()).filter(({ data, sequence }) => data['code'] === 'small' || sequence > 1);
    const told = later.map(({ data, sequence }) => ({ ...data, sequence }));
    expect(told).toMatchObject([
      { code: 'small', name: 'x', active: true, sequence: 1 },
      { code: 'small', name: 'Small balance', active: true, sequence: 2 },
      { code: 'coupon', active: false, sequence: 2 },
      { code: 'small', name: 'Small balance', active: false, sequence: 3 },
    ]);
    expect(await refusedEvents(db)).toEqual([]);
    expect(await violationsOf(db)).toEqual([]);
  });
});
