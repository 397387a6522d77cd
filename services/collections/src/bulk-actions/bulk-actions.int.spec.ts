import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql, type Db, type FieldProblem } from '@recoup/service-kit';
import request from 'supertest';
import { requireInvariants } from '../testing/broken-invariants.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { accountId, countRows, seedBooks } from '../testing/seed-books.js';
import type { BulkActionItem } from './bulk-action-items.http.js';
import type { BulkActionView } from './bulk-action-schema.js';

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
afterEach(() => requireInvariants(db));

function post(url: string, body: object = {}, token = supervisor) {
  return request(server).post(url).set('Authorization', token).send(body);
}

async function preview(type: string, parameters: object, selection: object = everything): Promise<BulkActionView> {
  return (await post(path, { type, selection, parameters }).expect(201)).body;
}

async function items(id: string, filter: object = {}): Promise<BulkActionItem[]> {
  const query = { filter: JSON.stringify(filter), range: '[0,999]' };
  return (await request(server).get(`${path}/${id}/items`).query(query).set('Authorization', supervisor).expect(200))
    .body;
}

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
      totals: [],
      previewedTotals: rejected.totals,
    });
    expect(await items(rejected.id, { status: 'pending' })).toEqual([]);
    expect((await items(rejected.id, { reason: 'cancelled' })).length).toBe(1000);
    const money = await preview('send-to-arm', {}, { asOf: everything.asOf, accountIds: [accountId(7)] });
    expect(await items(money.id)).toMatchObject([{ status: 'pending', previewedAmount: 7000, amount: 7000 }]);
    await post(`${path}/${money.id}/cancel`).expect(200);
    expect(await items(money.id)).toMatchObject([{ reason: 'cancelled', previewedAmount: 7000, amount: 0 }]);
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
    const first = await post(path, asked).set('Idempotency-Key', 'behind-1').expect(201);
    await run(db, sql`UPDATE relay_heartbeats SET said_at = clock_timestamp() - interval '61 seconds'`);
    const again = await post(path, asked).set('Idempotency-Key', 'behind-1').expect(201);
    expect(again.body.id).toBe(first.body.id);
    await run(db, sql`DELETE FROM relay_heartbeats`);
  });

  it('is refused for a day that has not come and for a filter that the report does not have', async () => {
    const asked = { type: 'update-stage', parameters: { stage: 'sent' } };
    const future = await post(path, { ...asked, selection: { asOf: '2099-01-01', filter: {} } }).expect(422);
    expect(future.body).toMatchObject({ code: 'as-of-in-future', errors: [{ field: 'selection.asOf' }] });
    const unknown = await post(path, { ...asked, selection: { ...everything, filter: { shoeSize: 44 } } }).expect(400);
    expect(unknown.body).toMatchObject({ code: 'unknown-filter', errors: [{ field: 'selection.filter.shoeSize' }] });
    expect(unknown.body.errors[0].expected).toContain('balanceMin | balanceMax');
    const filter = { flagsAny: ['xx'], flagsNone: ['zz'] };
    const unnamed = await post(path, { ...asked, selection: { ...everything, filter } }).expect(422);
    expect(unnamed.body.errors.map(({ field, message }: FieldProblem) => `${field} ${message}`)).toEqual([
      'selection.filter.flagsAny "xx" is unknown',
      'selection.filter.flagsNone "zz" is unknown',
    ]);
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
