import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { rows, sql } from '@recoup/service-kit';
import { ledgerOverHttp, type LedgerOverHttp } from '../../testing/ledger-over-http.js';

let ledger: LedgerOverHttp;
beforeAll(async () => {
  ledger = await ledgerOverHttp();
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'MAD', name: 'Madrid', currency: 'EUR', timeZone: 'Europe/Madrid' });
});
afterAll(() => ledger.stop());

const path = 'import-mappings';
const clients = {
  kind: 'accounts',
  name: 'clients.v1',
  columns: { officeCode: 'Branch', accountNumber: 'Client', name: 'Name' },
};
const send = async (mapping: string, body: string, headers: Record<string, string> = {}) =>
  request(ledger.server)
    .post('/api/ledger/imports')
    .query({ mapping })
    .set({
      Authorization: await ledger.service.bearer({ role: 'supervisor', user: 'sam' }),
      'Content-Type': 'text/csv',
      ...headers,
    })
    .send(body);
const remove = async (id: string, headers: Record<string, string> = {}) =>
  request(ledger.server)
    .delete(`/api/ledger/${path}/${id}`)
    .set({ Authorization: await ledger.service.bearer({ role: 'supervisor', user: 'sam' }), ...headers });
const shownAs = async (name: string) =>
  (await ledger.get(path)).body.find((each: { name: string }) => each.name === name);

describe('a mapping that is kept', () => {
  it('is chosen by its name, beside those that ship, and once for a key', async () => {
    const key = { 'Idempotency-Key': 'keep-1' };
    const { body: kept, headers } = await ledger.post(path, clients, 201, key);
    expect(kept).toMatchObject({ ...clients, shipped: false, version: 1, dates: 'YYYY-MM-DD' });
    expect(headers['etag']).toBe('"1"');
    expect((await ledger.post(path, clients, 201, key)).body.id).toBe(kept.id);
    expect((await ledger.get(`${path}/${kept.id}`)).body).toEqual(kept);
    expect(await shownAs('clients.v1')).toEqual(kept);
    expect(await shownAs('recoup')).toMatchObject({ id: 'recoup', shipped: true, version: null });
    const { body } = await send('clients.v1', 'Branch,Client,Name\nMAD,C1,Ann\n');
    expect(body).toMatchObject({ mapping: 'clients.v1', counts: { rows: 1 } });
    const unknown = await send('clients.v2', 'a\n');
    expect([unknown.body.code, unknown.body.errors[0].expected]).toEqual([
      'unknown-mapping',
      'late-payment-histories, recoup, accounts, subscriptions, payments, clients.v1',
    ]);
  });

  it('has a name of its own, and what it names is known', async () => {
    await ledger.post(path, { ...clients, name: 'once' });
    for (const name of ['once', 'recoup'])
      expect((await ledger.post(path, { ...clients, name }, 409)).body.code).toBe('name-taken');
    expect((await ledger.post(path, { ...clients, name: 'no name' }, 400)).body.errors[0].field).toBe('name');
    const column = await ledger.post(path, { ...clients, name: 'other', columns: { officeCode: 'o' } }, 400);
    expect(column.body.errors[0].field).toBe('columns.accountNumber');
    const type = await ledger.post(path, { ...clients, name: 'other', serviceTypeCode: 'nothing' }, 422);
    expect([type.body.code, type.body.errors[0].field]).toEqual(['unknown-service-type', 'serviceTypeCode']);
  });

  it('is replaced on the version that was seen, and removed; its name is then free', async () => {
    const { body: kept } = await ledger.post(path, { ...clients, name: 'changing' });
    const columns = { officeCode: 'Office', accountNumber: 'Number' };
    const { body: replaced } = await ledger.put(`${path}/${kept.id}`, { ...kept, columns }, 200, { 'If-Match': '"1"' });
    expect(replaced).toMatchObject({ name: 'changing', columns, version: 2 });
    expect(replaced.columns).toEqual(columns);
    const payments = { ...columns, reference: 'r', paymentDate: 'd', amount: 'a', payerCode: 'p' };
    const kinds = [
      { kind: 'payments', columns: payments, optional: ['payerCode'] },
      { kind: 'accounts', columns },
    ];
    for (const kind of kinds) expect((await ledger.put(`${path}/${kept.id}`, kind)).body).toMatchObject(kind);
    expect((await ledger.put(`${path}/${kept.id}`, { dates: 'D/M/YYYY' })).body).toMatchObject({
      columns,
      optional: [],
    });
    await ledger.put(`${path}/${kept.id}`, { columns }, 412, { 'If-Match': '"1"' });
    expect((await ledger.put(`${path}/${kept.id}`, { name: 'other' }, 400)).body.code).toBe('read-only');
    expect((await ledger.put(`${path}/${kept.id}`, { columns: {} }, 400)).body.errors[0].field).toContain('columns');
    expect((await send('changing', 'Branch,Client,Name\nMAD,C2,Bo\n')).body.code).toBe('missing-columns');
    expect((await remove(kept.id, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await remove(kept.id)).status).toBe(200);
    expect((await remove(kept.id)).status).toBe(404);
    expect((await send('changing', 'a\n')).body.code).toBe('unknown-mapping');
    await ledger.post(path, { ...clients, name: 'changing' });
    const told = await rows<{ action: string; actor: string }>(
      ledger.db(),
      sql`SELECT action, actor FROM audit WHERE entity_type = 'import mapping' AND entity_id = ${kept.id} ORDER BY id`,
    );
    expect(told).toEqual(
      ['create', 'edit', 'edit', 'edit', 'edit', 'delete'].map((action) => ({ action, actor: 'sam' })),
    );
  });

  it('is read with other columns by another import of the same key, which the key does not stand for', async () => {
    const key = { 'Idempotency-Key': 'import-1' };
    const { body: kept } = await ledger.post(path, { ...clients, name: 'keyed' });
    const file = 'Branch,Client,Name\nMAD,C3,Cid\n';
    const { body: first } = await send('keyed', file, key);
    expect((await send('keyed', file, key)).body.id).toBe(first.id);
    await ledger.put(`${path}/${kept.id}`, { columns: { officeCode: 'Branch', accountNumber: 'Name' } });
    expect((await send('keyed', file, key)).body.code).toBe('idempotency-key-reused');
  });

  it('makes no office but those of whoever keeps, replaces or removes it', async () => {
    const roman = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'rosa', offices: ['ROM'] }));
    const offices = [{ code: 'MAD', name: 'Madrid', currency: 'EUR', timeZone: 'Europe/Madrid' }];
    const { body: kept } = await ledger.post(path, { ...clients, name: 'spanish', offices });
    await roman.post(path, { ...clients, name: 'roman', offices }, 403);
    await roman.put(`${path}/${kept.id}`, { offices: [] }, 403);
    const { body: own } = await roman.post(path, { ...clients, name: 'roman' });
    await roman.put(`${path}/${own.id}`, { offices }, 403);
    const bearer = await ledger.service.bearer({ role: 'supervisor', user: 'rosa', offices: ['ROM'] });
    expect((await remove(kept.id, { Authorization: bearer })).status).toBe(403);
    expect(await shownAs('spanish')).toMatchObject({ version: 1 });
  });

  it('has no name that the command line would take for a file', async () => {
    const { body } = await ledger.post(path, { ...clients, name: 'clients.json' }, 422);
    expect([body.code, body.errors[0].field]).toEqual(['file-name', 'name']);
  });

  it('is kept by whoever may import, and read by everybody', async () => {
    const collector = ledger.as(await ledger.service.bearer({ role: 'collector', user: 'cleo' }));
    await collector.get(path);
    await collector.post(path, { ...clients, name: 'mine' }, 403);
    const { paths } = (await ledger.get('openapi.json')).body;
    expect(Object.keys(paths)).toContain('/api/ledger/import-mappings/{id}');
    expect(JSON.stringify(paths['/api/ledger/import-mappings'].post.requestBody)).toContain('accountNumber');
  });
});
