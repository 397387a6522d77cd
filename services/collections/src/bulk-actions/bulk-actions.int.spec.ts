import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { messageType } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import request from 'supertest';
import { brokenInvariants } from '../testing/broken-invariants.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { accountId, countRows, seedBooks } from '../testing/seed-books.js';
import type { BulkActionItem } from './bulk-action-items.http.js';
import type { BulkActionView } from './bulk-action-view.sql.js';

const accounts = 2500;
const path = '/api/collections/bulk-actions';
const everything = { asOf: '2026-11-21', filter: {} };
let service: CollectionsUnderTest;
let server: Server;
let db: Db;
let supervisor: string;

beforeAll(async () => {
  service = await collectionsUnderTest();
  server = service.app.getHttpServer();
  db = service.orm.em.fork();
  supervisor = await service.bearer({ role: 'supervisor', user: 'sue' });
  await seedBooks(db, accounts);
  await run(
    db,
    sql`INSERT INTO flags (code, name, colour) VALUES ('vip', 'VIP', '#111111'), ('late', 'Late', '#222222')`,
  );
  await run(db, sql`INSERT INTO flags (code, name, colour, active) VALUES ('old', 'Old', '#333333', false)`);
}, 120_000);
afterAll(() => service.stop());
afterEach(async () => expect(await brokenInvariants(db)).toEqual([]));

function post(url: string, body: object = {}, token = supervisor) {
  return request(server).post(url).set('Authorization', token).send(body);
}

async function preview(type: string, parameters: object, selection: object = everything): Promise<BulkActionView> {
  return (await post(path, { type, selection, parameters }).expect(201)).body;
}

async function ended(id: string): Promise<BulkActionView> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const { body } = await request(server).get(`${path}/${id}`).set('Authorization', supervisor).expect(200);
    if (body.finishedAt) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The action did not end');
}

async function confirmed(action: BulkActionView): Promise<BulkActionView> {
  await post(`${path}/${action.id}/confirm`, { hash: action.hash }).expect(200);
  return ended(action.id);
}

async function undone(id: string): Promise<BulkActionView> {
  return confirmed((await post(`${path}/${id}/undo`).expect(201)).body);
}

async function items(id: string, filter: object = {}): Promise<BulkActionItem[]> {
  const query = { filter: JSON.stringify(filter), range: '[0,999]' };
  return (await request(server).get(`${path}/${id}/items`).query(query).set('Authorization', supervisor).expect(200))
    .body;
}

describe('Update Stage on all that match', () => {
  it('previews the set, carries it out in chunks with history, events and audit, and is undone', async () => {
    const action = await preview('update-stage', { stage: 'pending' });
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

    const done = await confirmed(action);
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
    expect(await items(done.id, { status: 'done', q: 'A-17' })).toEqual(
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

    const again = await preview('update-stage', { stage: 'pending' });
    expect(again).toMatchObject({
      counts: { selected: 2750, eligible: 0, skipped: 2750 },
      reasons: { 'no-change': 2750 },
    });
    expect(await confirmed(again)).toMatchObject({ status: 'completed', counts: { done: 0, skipped: 2750 } });

    await post(`/api/collections/accounts/${accountId(5)}/stage`, { stage: 'sent' }).expect(200);
    const undo = await undone(done.id);
    expect(undo).toMatchObject({
      type: 'undo',
      undoOf: done.id,
      counts: { selected: 2750, done: 2749, skipped: 1 },
      reasons: { 'changed-since': 1 },
    });
    expect(await countRows(db, sql`SELECT 1 FROM account_states WHERE stage = 'not-set'`)).toBe(2749);
    expect(await countRows(db, sql`SELECT 1 FROM stage_periods WHERE account_id = ${accountId(5)}`)).toBe(2);
    await post(`/api/collections/accounts/${accountId(5)}/stage`, { stage: 'not-set' }).expect(200);
    expect((await post(`${path}/${undo.id}/undo`).expect(409)).body.code).toBe('not-undoable');
  }, 60_000);

  it('judges each account again when it is carried out', async () => {
    const action = await preview(
      'update-stage',
      { stage: 'sent' },
      { asOf: everything.asOf, accountIds: [1, 2, 3].map(accountId) },
    );
    await run(db, sql`UPDATE accounts SET status = 'closed' WHERE id = ${accountId(2)}`);
    await post(`/api/collections/accounts/${accountId(3)}/stage`, { stage: 'sent' }).expect(200);
    expect(await confirmed(action)).toMatchObject({ counts: { selected: 3, done: 1, skipped: 2 } });
    expect((await items(action.id)).map(({ status, reason }) => [status, reason])).toEqual([
      ['done', null],
      ['skipped', 'closed'],
      ['skipped', 'no-change'],
    ]);
    await run(db, sql`UPDATE accounts SET status = 'active' WHERE id = ${accountId(2)}`);
    await undone(action.id);
    await post(`/api/collections/accounts/${accountId(3)}/stage`, { stage: 'not-set' }).expect(200);
  }, 60_000);
});

describe('Flags', () => {
  it('adds and removes, leaves alone what is so already, and its undo takes back only what it did', async () => {
    await post(`/api/collections/accounts/${accountId(1)}/flags`, { add: ['vip'] }).expect(200);
    await post(`/api/collections/accounts/${accountId(2)}/flags`, { add: ['late'] }).expect(200);
    await post(`/api/collections/accounts/${accountId(3)}/flags`, { add: ['vip', 'late'] }).expect(200);
    const action = await preview(
      'flags',
      { add: ['vip'], remove: ['late'] },
      { asOf: everything.asOf, accountIds: [1, 2, 3, 4].map(accountId) },
    );
    expect(action).toMatchObject({ counts: { selected: 4, eligible: 3 }, reasons: { 'no-change': 1 } });
    expect(await confirmed(action)).toMatchObject({ counts: { done: 3, skipped: 1 } });
    expect((await items(action.id)).map(({ before, after }) => [before, after])).toEqual([
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

    await post(`/api/collections/accounts/${accountId(4)}/flags`, { remove: ['vip'] }).expect(200);
    expect(await undone(action.id)).toMatchObject({
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
    const asked = { type: 'flags', selection: everything };
    const unknown = await post(path, { ...asked, parameters: { add: ['nope'] } }).expect(422);
    expect(unknown.body).toMatchObject({
      code: 'unknown-flag',
      errors: [{ field: 'parameters.add', message: 'nope is not a flag' }],
    });
    expect((await post(path, { ...asked, parameters: { add: ['old'] } }).expect(422)).body.code).toBe('inactive-flag');
    await post(path, { ...asked, parameters: { remove: ['old'] } }).expect(201);
    expect((await post(path, { ...asked, parameters: {} }).expect(400)).body.code).toBe('invalid-input');
    expect((await post(path, { ...asked, parameters: { add: ['vip'], extra: 1 } }).expect(400)).body.code).toBe(
      'invalid-input',
    );
  });
});

describe('the life of a bulk action', () => {
  it('refuses what is not there or not allowed, and changes nothing', async () => {
    const counted = sql`SELECT 1 FROM bulk_actions`;
    const before = await countRows(db, counted);
    const asked = { type: 'update-stage', selection: everything, parameters: { stage: 'sent' } };
    expect((await post(path, { ...asked, type: 'explode' }).expect(422)).body.code).toBe('unknown-action');
    expect((await post(path, { ...asked, type: 'undo' }).expect(422)).body.code).toBe('unknown-action');
    expect((await post(path, { ...asked, parameters: { stage: 'gone' } }).expect(400)).body.errors[0].field).toBe(
      'parameters.stage',
    );
    expect((await post(path, { ...asked, selection: { asOf: everything.asOf } }).expect(400)).body.code).toBe(
      'bad-selection',
    );
    const none = { asOf: everything.asOf, accountIds: [accountId(999_999)] };
    const key = { 'Idempotency-Key': 'empty-1' };
    expect(
      (
        await post(path, { ...asked, selection: none })
          .set(key)
          .expect(422)
      ).body.code,
    ).toBe('empty-selection');
    expect(
      (
        await post(path, { ...asked, selection: none })
          .set(key)
          .expect(422)
      ).body.code,
    ).toBe('empty-selection');
    await post(path, asked, await service.bearer({ role: 'auditor' })).expect(403);
    await post(
      path,
      { ...asked, type: 'write-off', parameters: {} },
      await service.bearer({ role: 'collector' }),
    ).expect(403);
    expect(await countRows(db, counted)).toBe(before);
  });

  it('answers the same action for the same key, and confirms only the hash that was seen', async () => {
    const asked = { type: 'update-stage', selection: everything, parameters: { stage: 'sent' } };
    const first = await post(path, asked).set('Idempotency-Key', 'k1').expect(201);
    const second = await post(path, asked).set('Idempotency-Key', 'k1').expect(201);
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers['idempotency-hit']).toBe('true');
    await post(path, { ...asked, parameters: { stage: 'pending' } })
      .set('Idempotency-Key', 'k1')
      .expect(422);
    const same = await preview('update-stage', { stage: 'sent' });
    expect(same.hash).toBe(first.body.hash);
    const other = await preview('update-stage', { stage: 'pending' });
    expect(other.hash).not.toBe(first.body.hash);
    expect((await post(`${path}/${first.body.id}/confirm`, { hash: other.hash }).expect(409)).body.code).toBe(
      'changed-since-preview',
    );
    expect((await post(`${path}/${first.body.id}/pause`).expect(409)).body).toMatchObject({
      code: 'wrong-state',
      allowedFrom: ['running'],
    });
  });

  it('ends by cancel and reject with every item accounted for', async () => {
    const rejected = await preview('update-stage', { stage: 'sent' });
    const answer = await post(`${path}/${rejected.id}/reject`, { reason: 'wrong month' }).expect(200);
    expect(answer.body).toMatchObject({
      status: 'cancelled',
      problem: 'wrong month',
      counts: { selected: 2750, skipped: 2750, done: 0 },
    });
    expect(await items(rejected.id, { status: 'pending' })).toEqual([]);
    expect((await items(rejected.id, { reason: 'cancelled' })).length).toBe(1000);
    const [event] = await rows<{ data: object }>(db, sql`SELECT data FROM outbox WHERE subject = ${rejected.id}`);
    expect(event?.data).toMatchObject({ actionType: 'update-stage', status: 'cancelled', counts: { skipped: 2750 } });
    await post(`${path}/${rejected.id}/confirm`).expect(409);
  });

  it('shows each only what lies in the offices of the token', async () => {
    const spain = await service.bearer({ role: 'supervisor', user: 'pilar', offices: ['MAD'] });
    const mine = (
      await post(path, { type: 'update-stage', selection: everything, parameters: { stage: 'sent' } }, spain).expect(
        201,
      )
    ).body;
    expect(mine.counts.selected).toBe(250);
    const all = await preview('update-stage', { stage: 'sent' });
    await request(server).get(`${path}/${all.id}`).set('Authorization', spain).expect(404);
    await request(server).get(`${path}/${all.id}/items`).set('Authorization', spain).expect(404);
    await post(`${path}/${all.id}/confirm`, {}, spain).expect(404);
    const { body } = await request(server).get(path).set('Authorization', spain).expect(200);
    expect(body.map((each: BulkActionView) => each.id)).toEqual([mine.id]);
    await post(`/api/collections/accounts/${accountId(1)}/stage`, { stage: 'sent' }, spain).expect(404);
  });

  it('gives its results as a file', async () => {
    const action = await preview(
      'update-stage',
      { stage: 'sent' },
      { asOf: everything.asOf, accountIds: [accountId(12)] },
    );
    const { text, headers } = await request(server)
      .get(`${path}/${action.id}/results?format=csv`)
      .set('Authorization', supervisor)
      .expect(200);
    expect(headers['content-disposition']).toContain(`bulk-action-${action.id}.csv`);
    expect(text.split('\r\n')).toEqual([
      'accountNumber,name,officeCode,currency,asOfBalance,previewedAmount,currentAmount,amount,status,reason',
      'A-12,Name 12,NYC,USD,120.00,0.00,120.00,0.00,pending,',
      '',
    ]);
  });
});

describe('a preview', () => {
  it('is refused while the projection is more than a minute behind the ledger', async () => {
    const asked = { type: 'update-stage', selection: everything, parameters: { stage: 'sent' } };
    await run(
      db,
      sql`INSERT INTO relay_heartbeats (service, said_at, offsets) VALUES ('ledger', clock_timestamp() - interval '61 seconds', '{"recoup.ledger.events":[-1]}')`,
    );
    expect((await post(path, asked).expect(409)).body.code).toBe('projection-behind');
    await run(db, sql`UPDATE relay_heartbeats SET said_at = clock_timestamp()`);
    await post(path, asked).expect(201);
    await run(db, sql`DELETE FROM relay_heartbeats`);
  });

  it('is refused for a day that has not come and for a filter that the report does not have', async () => {
    const asked = { type: 'update-stage', parameters: { stage: 'sent' } };
    const future = await post(path, { ...asked, selection: { asOf: '2099-01-01', filter: {} } }).expect(422);
    expect(future.body.code).toBe('as-of-in-future');
    await post(path, { ...asked, selection: { ...everything, filter: { shoeSize: 44 } } }).expect(400);
  });

  it('takes what matches the filter less the exclusions', async () => {
    const selection = {
      ...everything,
      filter: { officeCodes: ['MAD'], balanceMax: 5000 },
      excludedAccountIds: [accountId(1_000_002)],
    };
    const action = await preview('update-stage', { stage: 'sent' }, selection);
    expect((await items(action.id)).map(({ accountNumber }) => accountNumber)).toEqual([
      'A-1000001',
      'A-1000003',
      'A-1000004',
      'A-1000005',
    ]);
  });
});
