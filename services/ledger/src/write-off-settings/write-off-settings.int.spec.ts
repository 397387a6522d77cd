import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let admin: LedgerOverHttp;
const path = 'write-off-settings';
const named = (...names: string[]) => ({
  inUse: names.length,
  writeOffs: names.map((name) => ({ name, plural: name })),
});
const types = async () =>
  (await ledger.get('transaction-types', 200, { filter: '{"kind":"write-off"}', sort: '["code","ASC"]' })).body.map(
    ({ code, name, active }: { code: string; name: string; active: boolean }) => [code, name, active],
  );

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'UTC', name: 'Office', currency: 'USD', timeZone: 'UTC' });
});
afterAll(() => ledger.stop());

/** Writes 100 off with a type; answers the transaction, or the problem. */
async function writeOff(transactionTypeCode: string, status: number): Promise<{ code?: string }> {
  const number = `${transactionTypeCode} ${status} ${Date.now()}`;
  const { id: accountId } = (await ledger.post('accounts', { officeCode: 'UTC', number, name: 'Ann' })).body;
  const lines = [{ serviceTypeCode: 'service', dateOfService: day(ledger.service), amount: 100 }];
  const today = day(ledger.service);
  await ledger.post('invoices', { accountId, number, invoiceDate: today, dueDate: today, lines });
  return (await ledger.post('write-offs', { accountId, transactionTypeCode }, status)).body;
}

describe('custom write-offs', () => {
  it('are none at first, then as many as an administrator sets, with name and plural, and told on the bus', async () => {
    expect((await ledger.get(path)).body).toEqual({ inUse: 0, writeOffs: [], version: 0 });
    expect((await writeOff('custom-write-off-1', 422)).code).toBe('unknown-transaction-type');
    const set = await admin.put(path, named('Collection Agency', 'Small balance'), 200, { 'If-Match': '"0"' });
    expect(set.body).toEqual({
      inUse: 2,
      writeOffs: [
        { number: 1, code: 'custom-write-off-1', name: 'Collection Agency', plural: 'Collection Agency', used: false },
        { number: 2, code: 'custom-write-off-2', name: 'Small balance', plural: 'Small balance', used: false },
      ],
      version: 2,
    });
    expect(set.headers['etag']).toBe('"2"');
    await writeOff('custom-write-off-1', 201);
    expect((await ledger.get(path)).body.writeOffs.map(({ used }: { used: boolean }) => used)).toEqual([true, false]);
    const told = (await outboxOf(ledger.db())).filter(({ type }) => type.includes('transaction-type-defined'));
    expect(told.slice(-2).map(({ data }) => data)).toMatchObject([
      { code: 'custom-write-off-1', kind: 'write-off', plural: 'Collection Agency' },
      { code: 'custom-write-off-2' },
    ]);
  });

  it('can be sent back as they were read, which changes nothing and tells nothing', async () => {
    const before = (await outboxOf(ledger.db())).length;
    const { body } = await ledger.get(path);
    expect((await admin.put(path, body)).body).toEqual(body);
    expect((await outboxOf(ledger.db())).length).toBe(before);
  });

  it('of which one was used: that can be renamed, its count not lowered below it', async () => {
    const { body } = await admin.put(path, named('Sent to Collections'));
    expect(body).toMatchObject({ inUse: 1, writeOffs: [{ name: 'Sent to Collections', used: true }] });
    expect((await admin.put(path, named(), 422)).body).toMatchObject({
      code: 'write-off-used',
      errors: [{ field: 'inUse', expected: 'at least 1' }],
    });
    expect(await types()).toEqual([
      ['coupon', 'Coupon', true],
      ['custom-write-off-1', 'Sent to Collections', true],
      ['custom-write-off-2', 'Small balance', false],
    ]);
  });

  it('that are no longer in use take no transaction until they are again', async () => {
    expect((await writeOff('custom-write-off-2', 422)).code).toBe('unknown-transaction-type');
    await admin.put(path, named('Sent to Collections', 'Small balance', 'Third'));
    await writeOff('custom-write-off-2', 201);
    expect((await admin.put(path, named('Sent to Collections'), 422)).body.errors[0].expected).toBe('at least 2');
  });

  it.each([
    ['more than 20', named(...Array.from({ length: 21 }, (_, n) => `W${n}`))],
    ['fewer entries than in use', { ...named('A'), inUse: 2 }],
    ['no name', { inUse: 1, writeOffs: [{ name: '', plural: 'x' }] }],
    ['a blank plural', { inUse: 1, writeOffs: [{ name: 'x', plural: '  ' }] }],
    ['a name of two lines', { inUse: 1, writeOffs: [{ name: 'a\nb', plural: 'x' }] }],
    ['another order', { inUse: 1, writeOffs: [{ name: 'x', plural: 'x', number: 2 }] }],
    ['a code of one’s own', { inUse: 1, writeOffs: [{ name: 'x', plural: 'x', code: 'mine' }] }],
  ])('are refused with %s', async (_, body) => {
    expect((await admin.put(path, body, 400)).body.errors[0].field).toMatch(/^(inUse|writeOffs)/);
  });

  it('are changed by administrators, each on what was read', async () => {
    await ledger.put(path, named('A'), 403);
    await admin.put(path, named('A', 'B', 'C'), 412, { 'If-Match': '"1"' });
    const key = { 'Idempotency-Key': 'settings-1' };
    const first = await admin.put(path, named('A', 'B', 'C'), 200, key);
    expect((await admin.put(path, named('A', 'B', 'C'), 200, key)).body).toEqual(first.body);
    const lines = (await admin.get('audit', 200, { range: '[0,99]' })).body;
    expect(lines.some(({ entityType }: { entityType: string }) => entityType === 'write-off settings')).toBe(true);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
