import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';

let ledger: LedgerOverHttp;

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'MAD', name: 'Madrid', currency: 'EUR', timeZone: 'Europe/Madrid' });
});
afterAll(() => ledger.stop());

const send = async (query: object, body: string, headers: Record<string, string> = {}) =>
  request(ledger.server)
    .post('/api/ledger/imports')
    .query(query)
    .set({
      Authorization: await ledger.service.bearer({ role: 'supervisor', user: 'sam' }),
      'Content-Type': 'text/csv',
      ...headers,
    })
    .send(body);

describe('an import over HTTP', () => {
  const csv =
    'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\nMAD,H1,H1,2026-01-01,2026-02-01,5.00\nMAD,H1,H2,x,2026-02-01,5\n';

  it('answers at once, and is polled until it has ended; its rejections are listed', async () => {
    const { status, body } = await send({ mapping: 'recoup', fileName: 'books.csv' }, csv);
    expect([status, body.fileName]).toEqual([201, 'books.csv']);
    let shown = body;
    for (let polls = 0; shown.finishedAt === null && polls < 300; polls += 1)
      shown = (await ledger.get(`imports/${body.id}`)).body;
    expect(shown).toMatchObject({ status: 'completed-with-failures', counts: { rows: 2, booked: 1, refused: 1 } });
    const rejections = await ledger.get(`imports/${body.id}/rejections`);
    expect(rejections.headers['content-range']).toBe('rejections 0-0/1');
    expect((await ledger.post(`imports/${body.id}/resume`, {}, 409)).body.code).toBe('not-paused');
    const [self] = (await ledger.get('payers')).body;
    const owed = (await ledger.get(`payers/${self.id}/balance`, 200, { asOf: '2026-01-01' })).body;
    expect(owed).toEqual([{ asOf: '2026-01-01', currency: 'EUR', balance: 500 }]);
    expect(rejections.body).toMatchObject([
      { line: 3, column: 'invoiceDate', value: 'x', reason: 'bad-date', severity: 'refused' },
    ]);
  });

  it('with the same key and file answers the first import, with another file is refused', async () => {
    const key = { 'Idempotency-Key': 'import-1' };
    const first = await send({ mapping: 'recoup' }, csv, key);
    const again = await send({ mapping: 'recoup' }, csv, key);
    expect([again.body.id, again.headers['idempotency-hit']]).toEqual([first.body.id, 'true']);
    expect((await send({ mapping: 'recoup' }, `${csv}MAD,H1,H3,2026-01-01,2026-02-01,1\n`, key)).body.code).toBe(
      'idempotency-key-reused',
    );
  });

  it('takes a mapping given whole, and refuses what is none, the wrong type of body and a file without its columns', async () => {
    const mapping = {
      name: 'mine',
      columns: { officeCode: 'o', accountNumber: 'a', invoiceNumber: 'i', invoiceDate: 'd', dueDate: 'u', amount: 'm' },
      dates: 'D/M/YYYY',
    };
    const { status } = await send({ mapping: JSON.stringify(mapping) }, 'o,a,i,d,u,m\nMAD,M,M1,31/1/2026,1/2/2026,3\n');
    expect(status).toBe(201);
    expect((await send({ mapping: 'none' }, csv)).body.code).toBe('unknown-mapping');
    expect((await send({ mapping: '{"name":"x"}' }, csv)).status).toBe(400);
    const typed = await send({ mapping: JSON.stringify({ ...mapping, serviceTypeCode: 'nothing' }) }, 'o,a,i,d,u,m\n');
    expect([typed.status, typed.body.code]).toEqual([422, 'unknown-service-type']);
    const office = { code: 'ODD', name: 'Odd', currency: 'EUR', timeZone: 'UTC', locale: 'not a locale' };
    const odd = await send({ mapping: JSON.stringify({ ...mapping, offices: [office] }) }, 'o,a,i,d,u,m\n');
    expect([odd.status, odd.body.errors[0].field]).toEqual([400, 'mapping.offices.0.locale']);
    expect((await send({ mapping: 'recoup' }, '{}', { 'Content-Type': 'application/json' })).status).toBe(400);
    const missing = await send({ mapping: 'recoup' }, 'officeCode\n');
    expect([
      missing.status,
      missing.body.code,
      missing.body.errors.map((each: { field: string }) => each.field),
    ]).toEqual([422, 'missing-columns', ['accountNumber', 'invoiceNumber', 'invoiceDate', 'dueDate', 'amount']]);
    expect((await ledger.get('import-mappings')).body.map((each: { id: string }) => each.id)).toEqual([
      'late-payment-histories',
      'recoup',
      'accounts',
      'subscriptions',
      'payments',
    ]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('takes each kind of file by a mapping of one’s own', async () => {
    const columns = { officeCode: 'o', accountNumber: 'a' };
    const files = [
      [{ kind: 'accounts', columns }, 'o,a\nMAD,K\n'],
      [
        { kind: 'subscriptions', columns: { ...columns, subscriptionNumber: 's', startedOn: 'd' } },
        'o,a,s,d\nMAD,K,K1,2026-01-01\n',
      ],
      [
        { kind: 'payments', columns: { ...columns, reference: 'r', paymentDate: 'd', amount: 'm' }, dates: 'D/M/YYYY' },
        'o,a,r,d,m\nMAD,K,k,31/1/2026,3.00\n',
      ],
    ] as const;
    for (const [mapping, file] of files) {
      let shown = (await send({ mapping: JSON.stringify({ name: 'own', ...mapping }) }, file)).body;
      for (let polls = 0; shown.finishedAt === null && polls < 300; polls += 1)
        shown = (await ledger.get(`imports/${shown.id}`)).body;
      expect(shown).toMatchObject({ status: 'completed', counts: { rows: 1, booked: 1 } });
    }
    const [account] = (await ledger.get('accounts', 200, { filter: JSON.stringify({ number: 'K' }) })).body;
    expect(account).toMatchObject({ number: 'K', credit: 300 });
    expect((await ledger.get('subscriptions')).body).toMatchObject([{ number: 'K1', accountNumber: 'K' }]);
    expect(await ledger.violations()).toEqual([]);
  });
});
