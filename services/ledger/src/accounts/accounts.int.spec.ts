import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContactCipher, row, rows, sql, type SealedText } from '@recoup/service-kit';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { outboxOf } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let admin: LedgerOverHttp;
const contact = {
  name: 'Ann Smith',
  phones: [{ number: '+1 212 555 0100', kind: 'mobile' }],
  email: 'ann@example.com',
  language: 'en',
};
const audited = async (reader: LedgerOverHttp): Promise<string[]> =>
  (await reader.get('audit', 200, { range: '[0,99]' })).body.map((each: { entityType: string }) => each.entityType);
const filter = (value: object) => ({ filter: JSON.stringify(value) });

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', {
    code: 'MAD',
    name: 'Madrid',
    currency: 'EUR',
    timeZone: 'Europe/Madrid',
    locale: 'es-ES',
  });
  await admin.post('offices', { code: 'TYO', name: 'Tokyo', currency: 'JPY', timeZone: 'Asia/Tokyo' });
});
afterAll(() => ledger.stop());

describe('offices', () => {
  it('are registered once, edited with their version, and keep code and currency', async () => {
    await admin.post('offices', { code: 'MAD', name: 'Again', currency: 'EUR', timeZone: 'UTC' }, 409);
    const [madrid] = (await admin.get('offices', 200, filter({ code: 'MAD' }))).body;
    const edited = await admin.put(`offices/${madrid.id}`, { ...madrid, name: 'Madrid centro' }, 200, {
      'If-Match': '"1"',
    });
    expect([edited.body.name, edited.headers['etag']]).toEqual(['Madrid centro', '"2"']);
    await admin.put(`offices/${madrid.id}`, { ...madrid, name: 'x' }, 412, { 'If-Match': '"1"' });
    expect((await admin.put(`offices/${madrid.id}`, { ...edited.body, currency: 'USD' }, 400)).body.code).toBe(
      'read-only',
    );
    await ledger.post('offices', { code: 'NYC', name: 'x', currency: 'USD', timeZone: 'UTC' }, 403);
    for (const wrong of [{ timeZone: 'Mars' }, { timeZone: '+05:30' }, { currency: 'ZZZ' }]) {
      const { body } = await admin.post(
        'offices',
        { code: 'NYC', name: 'x', currency: 'USD', timeZone: 'UTC', ...wrong },
        400,
      );
      expect(body.errors[0].field).toBe(Object.keys(wrong)[0]);
    }
    const offices = await admin.post('offices', {
      code: 'KEEP',
      name: 'x',
      currency: 'USD',
      timeZone: 'UTC',
      applyCredit: false,
    });
    const { body: kept } = await admin.put(`offices/${offices.body.id}`, { name: 'y' });
    expect(kept).toMatchObject({ name: 'y', timeZone: 'UTC', applyCredit: false });
  });
});

describe('an account', () => {
  it('is opened in its office’s currency; its contact data is encrypted, and told on the contacts topic only', async () => {
    const { body } = await ledger.post('accounts', { officeCode: 'MAD', number: 'A1', ...contact });
    expect(body).toMatchObject({
      number: 'A1',
      currency: 'EUR',
      status: 'active',
      balance: 0,
      email: 'ann@example.com',
      disputed: false,
    });
    const stored = await row<{ text: string }>(
      ledger.db(),
      sql`SELECT to_jsonb(a)::text AS text FROM accounts a WHERE id = ${body.id}`,
    );
    expect(stored?.text).not.toMatch(/example\.com|212.?555/);
    const cipher = ledger.service.app.get(ContactCipher, { strict: false });
    const events = (await outboxOf(ledger.db())).filter(({ subject }) => subject === body.id);
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['recoup.ledger.account-opened.v1', 1],
      ['recoup.ledger.contact-changed.v1', 1],
    ]);
    const sealed: SealedText = events[1]?.data ?? { keyId: '', nonce: '', ciphertext: '' };
    expect(cipher.decrypt(body.id, sealed)).toMatchObject({ email: 'ann@example.com', name: 'Ann Smith' });
    await ledger.post('accounts', { officeCode: 'MAD', number: 'A1', name: 'x' }, 409);
    expect((await ledger.post('accounts', { officeCode: 'ZZZ', number: 'A1', name: 'x' }, 422)).body.code).toBe(
      'unknown-office',
    );
    expect(
      (await ledger.post('accounts', { officeCode: 'MAD', number: 'A9', name: 'x', balance: 5 }, 400)).body.errors[0]
        .field,
    ).toBe('balance');
  });

  it('repeats its answer under a key, and keeps none of its contact data in clear', async () => {
    const key = { 'Idempotency-Key': 'account-1' };
    const body = { officeCode: 'MAD', number: 'K1', ...contact, name: 'Kay Key' };
    const first = await ledger.post('accounts', body, 201, key);
    const again = await ledger.post('accounts', body, 201, key);
    expect([again.headers['idempotency-hit'], again.headers['etag'], again.body]).toEqual(['true', '"1"', first.body]);
    const change = { ...first.body, email: 'kay@example.com' };
    const path = `accounts/${first.body.id}`;
    const edited = await ledger.put(path, change, 200, { 'Idempotency-Key': 'account-2' });
    const repeated = await ledger.put(path, change, 200, { 'Idempotency-Key': 'account-2' });
    expect([repeated.body.email, repeated.body]).toEqual(['kay@example.com', edited.body]);
    const kept = await rows<{ text: string }>(
      ledger.db(),
      sql`SELECT to_jsonb(k)::text AS text FROM idempotency_keys k WHERE key LIKE 'account-_'`,
    );
    expect(kept).toHaveLength(2);
    for (const { text } of kept) expect(text).not.toMatch(/example\.com|212.?555|Kay Key/);
  });

  it('is opened active or closed; frozen it is made by a freeze, which says why and remembers what was', async () => {
    const body = { officeCode: 'MAD', number: 'F1', name: 'Fay Frost' };
    const refused = (await ledger.post('accounts', { ...body, status: 'frozen' }, 400)).body;
    expect(refused.errors).toMatchObject([{ field: 'status', expected: 'active | closed' }]);
    expect((await ledger.post('accounts', { ...body, status: 'closed' })).body.status).toBe('closed');
  });

  it('is edited whole, as it was read; what commands move can’t be edited', async () => {
    const [found] = (await ledger.get('accounts', 200, filter({ q: 'ann sm' }))).body;
    const { body } = await ledger.get(`accounts/${found.id}`);
    const edited = await ledger.put(`accounts/${found.id}`, { ...body, name: 'Ann Jones', email: null }, 200, {
      'If-Match': '"1"',
    });
    expect(edited.body).toMatchObject({ name: 'Ann Jones', email: null, version: 2 });
    expect(
      (await ledger.put(`accounts/${found.id}`, { ...edited.body, currency: 'USD' }, 400)).body.errors[0].field,
    ).toBe('currency');
    await ledger.put(`accounts/${found.id}`, { ...body }, 412, { 'If-Match': '"1"' });
    const told = (await outboxOf(ledger.db())).filter(
      ({ subject, type }) => subject === found.id && type.includes('contact'),
    );
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('is edited although its balance moved since it was read, and keeps the balance of the books', async () => {
    const { body } = await ledger.post('accounts', { officeCode: 'MAD', number: 'A3', ...contact });
    await ledger.post('payments', {
      accountId: body.id,
      amount: 500,
      currency: 'EUR',
      effectiveDate: day(ledger.service, -2),
    });
    const edited = await ledger.put(`accounts/${body.id}`, { ...body, name: 'Ann Moved' }, 200, { 'If-Match': '"1"' });
    expect(edited.body).toMatchObject({ name: 'Ann Moved', balance: 0, credit: 500 });
  });

  it('has contact data of one line each', async () => {
    const odd = { officeCode: 'MAD', number: 'A4', ...contact };
    expect((await ledger.post('accounts', { ...odd, name: 'Ann\nSmith' }, 400)).body.errors).toMatchObject([
      { field: 'name', message: expect.stringContaining('one line') },
    ]);
    await ledger.post('accounts', { ...odd, number: 'A\t4' }, 400);
    await ledger.post('accounts', { ...odd, addresses: [{ lines: ['Main St\r1'] }] }, 400);
  });

  it('is shown masked to auditors, and edited by none of them nor by collectors', async () => {
    const { body } = await ledger.post('accounts', { officeCode: 'MAD', number: 'A2', ...contact });
    const auditor = ledger.as(await ledger.service.bearer({ role: 'auditor' }));
    expect((await auditor.get(`accounts/${body.id}`)).body).toMatchObject({
      name: 'Ann Smith',
      email: '…@example.com',
      phones: [{ number: '…00' }],
    });
    await auditor.put(`accounts/${body.id}`, body, 403);
    const collector = ledger.as(await ledger.service.bearer({ role: 'collector' }));
    expect((await collector.get(`accounts/${body.id}`)).body.email).toBe('ann@example.com');
    await collector.put(`accounts/${body.id}`, body, 403);
  });

  it('of another office does not exist for the actor, in lists, by id and in commands', async () => {
    const { body } = await ledger.post('accounts', { officeCode: 'TYO', number: 'T1', name: 'Taro' });
    const madrid = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'mia', offices: ['MAD'] }));
    expect((await madrid.get('accounts')).body.map((each: { officeCode: string }) => each.officeCode)).not.toContain(
      'TYO',
    );
    await madrid.get(`accounts/${body.id}`, 404);
    expect(await audited(ledger)).toContain('office');
    expect(await audited(madrid)).toContain('account');
    expect(await audited(madrid)).not.toContain('office');
    expect((await madrid.get('audit', 200, filter({ accountId: body.id }))).body).toEqual([]);
    await madrid.get(`accounts/${body.id}/balance`, 404);
    await madrid.post('write-offs', { accountId: body.id }, 404);
    await madrid.post(
      'payments',
      { accountId: body.id, amount: 1, currency: 'JPY', effectiveDate: day(ledger.service, -2) },
      404,
    );
  });
});

describe('a dispute', () => {
  it('makes its account disputed while the invoice is open, until it is settled', async () => {
    const account = (await ledger.post('accounts', { officeCode: 'MAD', number: 'D1', name: 'Dee' })).body.id;
    const lines = [{ serviceTypeCode: 'service', dateOfService: day(ledger.service, -9), amount: 900 }];
    const body = {
      accountId: account,
      number: 'D1',
      invoiceDate: day(ledger.service, -9),
      dueDate: day(ledger.service, 9),
      lines,
    };
    const invoice = (await ledger.post('invoices', body)).body.id;
    await ledger.post('invoices', body, 409);
    expect((await ledger.post('invoices', { ...body, number: 'D2', currency: 'USD' }, 422)).body.code).toBe('currency');
    expect(
      (await ledger.post('invoices', { ...body, number: 'D2', lines: [{ ...lines[0], serviceTypeCode: 'x' }] }, 422))
        .body.code,
    ).toBe('unknown-service-type');
    expect(
      (await ledger.post('invoices', { ...body, number: 'D2', invoiceDate: day(ledger.service, 3) }, 422)).body.code,
    ).toBe('future-date');
    const dispute = (
      await ledger.post('disputes', { invoiceId: invoice, reason: 'Wrong amount', openedOn: day(ledger.service, -3) })
    ).body;
    expect(dispute).toMatchObject({ amount: 900, settledOn: null, currency: 'EUR' });
    const disputed = async () => (await ledger.get(`accounts/${account}`)).body.disputed;
    expect(await disputed()).toBe(true);
    expect(
      (await ledger.put(`disputes/${dispute.id}`, { ...dispute, settledOn: day(ledger.service, -4) }, 422)).body.code,
    ).toBe('before-dispute');
    const settled = (await ledger.put(`disputes/${dispute.id}`, { ...dispute, settledOn: day(ledger.service, -1) }))
      .body;
    expect([settled.settledOn, await disputed()]).toEqual([day(ledger.service, -1), false]);
    expect((await ledger.post('disputes', { invoiceId: invoice, reason: 'x', amount: 901 }, 422)).body.code).toBe(
      'dispute-above-total',
    );
  });
});

describe('reference data', () => {
  it('is listed; administrators add and edit service types and cancellation reasons', async () => {
    expect((await ledger.get('transaction-types', 200, filter({ kind: 'write-off' }))).body).toMatchObject([
      { code: 'coupon', plural: 'Coupons' },
    ]);
    expect((await ledger.get('payers')).body).toMatchObject([{ code: 'SELF', type: 'self' }]);
    const type = (await admin.post('service-types', { code: 'repair', name: 'Repair' })).body;
    expect((await admin.put(`service-types/${type.id}`, { ...type, isFee: true })).body).toMatchObject({
      isFee: true,
      version: 2,
    });
    await admin.post('service-types', { code: 'repair', name: 'Again' }, 409);
    await ledger.post('cancellation-reasons', { code: 'x', name: 'x' }, 403);
    const reason = (await admin.post('cancellation-reasons', { code: 'fraud', name: 'Fraud' })).body;
    expect((await admin.put(`cancellation-reasons/${reason.id}`, { ...reason, name: 'Fraud found' })).body.name).toBe(
      'Fraud found',
    );
    expect((await ledger.get('cancellation-reasons', 400, filter({ colour: 'red' }))).body.code).toBe('unknown-filter');
  });
});
