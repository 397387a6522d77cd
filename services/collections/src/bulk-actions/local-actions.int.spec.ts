import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { messageType } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import request, { type Test } from 'supertest';
import { requireInvariants } from '../testing/broken-invariants.js';
import { BulkActionCalls } from '../testing/bulk-action-calls.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { accountId, countRows, newYork, seedBooks } from '../testing/seed-books.js';
import { bulkActionSchema } from './bulk-action-schema.js';

const boston = '00000000-0000-4000-8000-00000000a003';
let service: CollectionsUnderTest;
let calls: BulkActionCalls;
let db: Db;

beforeAll(async () => {
  service = await collectionsUnderTest();
  calls = await BulkActionCalls.as(service, { role: 'supervisor', user: 'sue' });
  db = service.orm.em.fork();
  await seedBooks(db, 2500);
  await run(
    db,
    sql`INSERT INTO flags (code, name, colour) VALUES ('vip', 'VIP', '#111111'), ('late', 'Late', '#222222')`,
  );
  await run(db, sql`INSERT INTO flags (code, name, colour, active) VALUES ('old', 'Old', '#333333', false)`);
}, 120_000);
afterAll(() => service.stop());
afterEach(() => requireInvariants(db));

/** Totals of an action that moves no money, on balances that are today what they were as of the date. */
function sums(accounts: number, balance: number): object {
  return { accounts, asOfBalance: balance, currentBalance: balance, amount: 0 };
}

/** What is set on an account's card. */
function card(address: string, body: object): Test {
  const url = `/api/collections/${address}`;
  return request(service.app.getHttpServer()).post(url).set('Authorization', calls.token).send(body);
}

describe('Update Stage on all that match', () => {
  it('previews the set, carries it out in chunks with history, events and audit, and is undone', async () => {
    const action = await calls.preview('update-stage', { stage: 'pending' });
    expect(action).toMatchObject({
      type: 'update-stage',
      status: 'preview',
      counts: { selected: 2750, eligible: 2750, skipped: 0, done: 0, failed: 0 },
      warnings: [],
    });
    expect(action.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(action.totals.map(({ currency, accounts: count }) => [currency, count])).toEqual([
      ['EUR', 250],
      ['USD', 2500],
    ]);

    const done = await calls.done(action);
    expect(done).toMatchObject({ status: 'completed', counts: { selected: 2750, done: 2750, skipped: 0, failed: 0 } });
    expect(await countRows(db, sql`SELECT 1 FROM account_states WHERE stage = 'pending'`)).toBe(2750);
    expect(
      await countRows(db, sql`SELECT 1 FROM stage_periods WHERE upper_inf(period) AND bulk_action_id = ${done.id}`),
    ).toBe(2750);
    const [event] = await rows<{ type: string; data: unknown; sequence: number; subject: string }>(
      db,
      sql`SELECT type, data, sequence, subject FROM outbox WHERE subject = ${accountId(1)}`,
    );
    expect(event).toMatchObject({
      sequence: 1,
      data: { stage: 'pending', previousStage: 'not-set', actor: 'sue', bulkActionId: done.id },
    });
    expect(() => messageType(event?.type ?? '')?.schema.parse(event?.data)).not.toThrow();
    expect(await calls.items(done.id, { status: 'done', q: 'A-17' })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          accountNumber: 'A-17',
          accountId: accountId(17),
          asOfBalance: 17_000,
          before: { stage: 'not-set' },
          after: { stage: 'pending' },
        }),
      ]),
    );

    const again = await calls.preview('update-stage', { stage: 'pending' });
    expect(again).toMatchObject({
      counts: { selected: 2750, eligible: 0, skipped: 2750 },
      reasons: { 'no-change': 2750 },
    });
    expect(await calls.done(again)).toMatchObject({ status: 'completed', counts: { done: 0, skipped: 2750 } });

    await card(`accounts/${accountId(5)}/stage`, { stage: 'sent' }).expect(200);
    const undo = await calls.undone(done.id);
    expect(undo).toMatchObject({
      type: 'undo',
      undoOf: done.id,
      counts: { selected: 2750, done: 2749, skipped: 1 },
      reasons: { 'changed-since': 1 },
      undoes: { id: done.id, type: 'update-stage', parameters: { stage: 'pending' }, actor: done.actor, done: 2750 },
    });
    expect(undo.undoes).toMatchObject({ startedAt: done.startedAt, totals: done.totals });
    expect(undo.undoneBy).toEqual([]);
    expect(await calls.read(done.id)).toMatchObject({
      undoes: null,
      undoneBy: [{ id: undo.id, status: 'completed', done: 2749 }],
    });
    expect(await countRows(db, sql`SELECT 1 FROM account_states WHERE stage = 'not-set'`)).toBe(2749);
    expect(await countRows(db, sql`SELECT 1 FROM stage_periods WHERE account_id = ${accountId(5)}`)).toBe(2);
    await card(`accounts/${accountId(5)}/stage`, { stage: 'not-set' }).expect(200);
    expect((await calls.post(`${undo.id}/undo`).expect(409)).body.code).toBe('not-undoable');
  }, 60_000);

  it('sums up by currency, and by currency and office', async () => {
    await run(
      db,
      sql`INSERT INTO offices (id, code, name, currency, time_zone, locale)
          VALUES (${boston}, 'BOS', 'Boston', 'USD', 'America/New_York', 'en-US')`,
    );
    await run(db, sql`UPDATE accounts SET office_id = ${boston} WHERE id IN (${accountId(7)}, ${accountId(8)})`);
    await run(db, sql`UPDATE accounts SET status = 'closed' WHERE id = ${accountId(8)}`);
    const accountIds = [6, 7, 8, 9, 1_000_001].map(accountId);
    const action = await calls.preview('update-stage', { stage: 'sent' }, { asOf: calls.asOf, accountIds });
    expect(action.totals).toEqual([
      { currency: 'EUR', ...sums(1, 1000) },
      { currency: 'USD', ...sums(3, 22_000) },
    ]);
    expect(action.officeTotals).toEqual([
      { currency: 'EUR', officeCode: 'MAD', ...sums(1, 1000) },
      { currency: 'USD', officeCode: 'BOS', ...sums(1, 7000) },
      { currency: 'USD', officeCode: 'NYC', ...sums(2, 15_000) },
    ]);
    expect(bulkActionSchema.parse(action)).toEqual(action);
    const { body } = await calls.get('openapi.json').expect(200);
    const answer = body.paths['/api/collections/bulk-actions/{id}'].get.responses['200'];
    const { properties } = answer.content['application/json'].schema;
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(action)));
    expect(Object.keys(properties.officeTotals.items.properties)).toContain('officeCode');
    await run(
      db,
      sql`UPDATE accounts SET office_id = ${newYork}, status = 'active' WHERE id IN (${accountId(7)}, ${accountId(8)})`,
    );
  });

  it('judges each account again when it is carried out', async () => {
    const action = await calls.preview(
      'update-stage',
      { stage: 'sent' },
      { asOf: calls.asOf, accountIds: [1, 2, 3].map(accountId) },
    );
    await run(db, sql`UPDATE accounts SET status = 'closed' WHERE id = ${accountId(2)}`);
    await card(`accounts/${accountId(3)}/stage`, { stage: 'sent' }).expect(200);
    expect(await calls.done(action)).toMatchObject({ counts: { selected: 3, done: 1, skipped: 2 } });
    expect((await calls.items(action.id)).map(({ status, reason }) => [status, reason])).toEqual([
      ['done', null],
      ['skipped', 'closed'],
      ['skipped', 'no-change'],
    ]);
    await run(db, sql`UPDATE accounts SET status = 'active' WHERE id = ${accountId(2)}`);
    await calls.undone(action.id);
    await card(`accounts/${accountId(3)}/stage`, { stage: 'not-set' }).expect(200);
  }, 60_000);
});

describe('Flags', () => {
  it('adds and removes, leaves alone what is so already, and its undo takes back only what it did', async () => {
    await card(`accounts/${accountId(1)}/flags`, { add: ['vip'] }).expect(200);
    await card(`accounts/${accountId(2)}/flags`, { add: ['late'] }).expect(200);
    await card(`accounts/${accountId(3)}/flags`, { add: ['vip', 'late'] }).expect(200);
    const action = await calls.preview(
      'flags',
      { add: ['vip'], remove: ['late'] },
      { asOf: calls.asOf, accountIds: [1, 2, 3, 4].map(accountId) },
    );
    expect(action).toMatchObject({ counts: { selected: 4, eligible: 3 }, reasons: { 'no-change': 1 } });
    expect(await calls.done(action)).toMatchObject({ counts: { done: 3, skipped: 1 } });
    expect((await calls.items(action.id)).map(({ before, after }) => [before, after])).toEqual([
      [{ flags: ['vip'] }, { flags: ['vip'] }],
      [{ flags: ['late'] }, { flags: ['vip'] }],
      [{ flags: ['late', 'vip'] }, { flags: ['vip'] }],
      [{ flags: [] }, { flags: ['vip'] }],
    ]);
    const [event] = await rows<{ type: string; data: object }>(
      db,
      sql`SELECT type, data FROM outbox WHERE subject = ${accountId(2)} ORDER BY id DESC LIMIT 1`,
    );
    expect(event?.data).toMatchObject({ added: ['vip'], removed: ['late'] });
    expect(() => messageType(event?.type ?? '')?.schema.parse(event?.data)).not.toThrow();

    await card(`accounts/${accountId(4)}/flags`, { remove: ['vip'] }).expect(200);
    expect(await calls.undone(action.id)).toMatchObject({
      counts: { selected: 3, done: 2, skipped: 1 },
      reasons: { 'changed-since': 1 },
    });
    const held = await rows<{ n: string; codes: string[] }>(
      db,
      sql`SELECT a.number AS n, array_agg(f.code ORDER BY f.code) AS codes FROM account_flags af JOIN flags f ON f.id = af.flag_id
          JOIN accounts a ON a.id = af.account_id GROUP BY a.number ORDER BY 1`,
    );
    expect(held.map(({ n, codes }) => [n, codes])).toEqual([
      ['A-1', ['vip']],
      ['A-2', ['late']],
      ['A-3', ['late', 'vip']],
    ]);
  }, 60_000);

  it('refuses unknown and inactive flags, each by its code', async () => {
    const asked = { type: 'flags', selection: { asOf: calls.asOf, filter: {} } };
    const unknown = await calls.post('', { ...asked, parameters: { add: ['nope'] } }).expect(422);
    expect(unknown.body).toMatchObject({
      code: 'unknown-flag',
      errors: [{ field: 'parameters.add', message: '"nope" is not a flag' }],
    });
    expect((await calls.post('', { ...asked, parameters: { add: ['old'] } }).expect(422)).body.code).toBe(
      'inactive-flag',
    );
    await calls.post('', { ...asked, parameters: { remove: ['old'] } }).expect(201);
    expect((await calls.post('', { ...asked, parameters: {} }).expect(400)).body.code).toBe('invalid-input');
    expect((await calls.post('', { ...asked, parameters: { add: ['vip'], extra: 1 } }).expect(400)).body.code).toBe(
      'invalid-input',
    );
  });

  it('does not add a flag that was made inactive after the preview', async () => {
    await run(db, sql`INSERT INTO flags (code, name, colour) VALUES ('gone', 'Gone', '#444444')`);
    const action = await calls.preview(
      'flags',
      { add: ['gone'], remove: [] },
      { asOf: calls.asOf, accountIds: [accountId(40)] },
    );
    await run(db, sql`UPDATE flags SET active = false WHERE code = 'gone'`);
    expect(await calls.done(action)).toMatchObject({ counts: { done: 0, skipped: 1 } });
  }, 60_000);
});
