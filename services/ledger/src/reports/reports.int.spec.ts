import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql } from '@recoup/service-kit';
import exceljs from 'exceljs';
import request from 'supertest';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { KeepDaybook } from './keep-daybook.js';

let ledger: LedgerOverHttp;
let account: string;
const on = (offset: number): string => day(ledger.service, offset);
const get = async (path: string, filter: object, more: object = {}, status = 200) =>
  (await ledger.get(path, status, { filter: JSON.stringify(filter), ...more })).body;

/** An invoice of 500.00, of which 120.00 is paid, 30.00 returned later, 80.00 written off; and a payment before any invoice. */
beforeAll(async () => {
  ledger = await ledgerOverHttp();
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'NYC', name: 'New York', currency: 'USD', timeZone: 'UTC' });
  await admin.post('offices', { code: 'ROM', name: '=Rome', currency: 'EUR', timeZone: 'UTC', applyCredit: false });
  account = (await ledger.post('accounts', { officeCode: 'NYC', number: 'A-1', name: 'Ann Smith' })).body.id;
  const roman = (await ledger.post('accounts', { officeCode: 'ROM', number: 'R-1', name: 'Rosa Rossi' })).body.id;
  await invoice(account, 'I-1', 50_000, on(-40));
  await invoice(roman, 'I-1', 7_000, on(-9));
  await pay(account, 'USD', 9_000, on(-35));
  const { id } = await pay(account, 'USD', 3_000, on(-30));
  await ledger.post('write-offs', { accountId: account, amount: 8_000, effectiveDate: on(-20) });
  await ledger.post(`payments/${id}/return`, { effectiveDate: on(-10) });
  await pay(roman, 'EUR', 10_000, on(-12));
});
afterAll(() => ledger.stop());

async function invoice(accountId: string, number: string, amount: number, invoiceDate: string): Promise<void> {
  const lines = [{ serviceTypeCode: 'service', dateOfService: invoiceDate, amount }];
  await ledger.post('invoices', { accountId, number, invoiceDate, dueDate: invoiceDate, lines });
}

async function pay(
  accountId: string,
  currency: string,
  amount: number,
  effectiveDate: string,
): Promise<{ id: string }> {
  return (await ledger.post('payments', { accountId, amount, currency, effectiveDate })).body;
}

describe('The trial balance', () => {
  it('has opening balance, a column for each type, closing balance, and credit beside it', async () => {
    const [ann, rosa] = await get('trial-balance', { from: on(-32), to: on(-15), idleAccounts: true });
    const moved = {
      invoice: 0,
      payment: -3_000,
      coupon: -8_000,
      'returned-payment': 0,
      reversal: 0,
      EXCOL: 0,
      recall: 0,
    };
    expect(ann).toMatchObject({ code: 'A-1', name: 'Ann Smith', officeCode: 'NYC', currency: 'USD', credit: 0 });
    expect(ann).toMatchObject({ id: account, opening: 41_000, movements: moved, closing: 30_000 });
    expect(rosa).toMatchObject({ code: 'R-1', currency: 'EUR', opening: 0, closing: 0, credit: 0 });
    const [, now] = await get('trial-balance', {});
    expect(now).toMatchObject({ movements: { invoice: 7_000, payment: -7_000 }, closing: 0, credit: 3_000 });
  });

  it('adds up by currency, office and payer', async () => {
    expect(await get('trial-balance/totals', { from: on(-15) })).toMatchObject([
      { currency: 'EUR', opening: 0, movements: { invoice: 7_000, payment: -7_000 }, closing: 0, credit: 3_000 },
      { currency: 'USD', opening: 30_000, movements: { 'returned-payment': 3_000 }, closing: 33_000, credit: 0 },
    ]);
    expect(await get('trial-balance', { by: 'office', to: on(-20) })).toMatchObject([
      { code: 'NYC', name: 'New York', officeCode: 'NYC', closing: 30_000 },
      { code: 'ROM', closing: 0 },
    ]);
    expect(await get('trial-balance', { by: 'payer' }, { sort: '["currency","DESC"]' })).toMatchObject([
      { id: 'SELF:USD', code: 'SELF', officeCode: null, currency: 'USD', closing: 33_000 },
      { id: 'SELF:EUR', currency: 'EUR', closing: 0, credit: 3_000 },
    ]);
    expect(await get('trial-balance/totals', { by: 'account', q: 'ann' })).toMatchObject([
      { currency: 'USD', closing: 33_000 },
    ]);
  });

  it('leaves out accounts without a figure in the range unless they are asked for, in rows, their number and files', async () => {
    const range = { from: on(-32), to: on(-15) };
    const shown = async (filter: object): Promise<unknown[]> => {
      const { body, headers } = await ledger.get('trial-balance', 200, { filter: JSON.stringify(filter) });
      const { text } = await file('trial-balance/export', { filter: JSON.stringify(filter) });
      const lines: string[] = text.trim().split('\n').slice(1);
      expect(lines.map((line) => line.split(',')[0])).toEqual(body.map(({ code }: { code: string }) => code));
      return [body.map(({ code }: { code: string }) => code), headers['content-range']];
    };
    expect(await shown(range)).toEqual([['A-1'], 'trial-balance 0-0/1']);
    expect(await shown({ ...range, idleAccounts: true })).toEqual([['A-1', 'R-1'], 'trial-balance 0-1/2']);
    expect(await shown({ from: on(-13), to: on(-11) })).toEqual([['A-1', 'R-1'], 'trial-balance 0-1/2']);
    expect(await get('trial-balance', { idleAccounts: 1 }, {}, 400)).toMatchObject({ code: 'invalid-input' });
    const { parameters } = (await ledger.get('openapi.json')).body.paths['/api/ledger/trial-balance'].get;
    expect(parameters[0]).toMatchObject({
      name: 'filter',
      description: expect.stringContaining('. idleAccounts: true shows'),
    });
  });

  it('pages, sorts and searches as other lists do', async () => {
    const page = await ledger.get('trial-balance', 200, { range: '[1,1]', sort: '["closing","DESC"]' });
    expect(page.headers['content-range']).toBe('trial-balance 1-1/2');
    expect(page.body).toMatchObject([{ code: 'A-1' }]);
    expect(await get('trial-balance', { q: 'r-1' })).toMatchObject([{ code: 'R-1' }]);
    expect(await get('trial-balance', { q: 'york', by: 'office' })).toMatchObject([{ code: 'NYC' }]);
    expect(await get('trial-balance', {}, { sort: '["salary","ASC"]' }, 400)).toMatchObject({ code: 'unknown-sort' });
    expect(await get('trial-balance', { by: 'weather' }, {}, 400)).toMatchObject({ code: 'invalid-input' });
  });

  it('names its columns in order: those in use, and those used in the range', async () => {
    await run(
      ledger.db(),
      sql`INSERT INTO transaction_types (code, name, plural, kind, active) VALUES ('small', 'Small', 'Smalls', 'write-off', true)`,
    );
    expect(await plurals({})).toContain('Smalls');
    await ledger.post('write-offs', {
      accountId: account,
      amount: 1,
      transactionTypeCode: 'small',
      effectiveDate: on(-3),
    });
    await run(ledger.db(), sql`UPDATE transaction_types SET active = false WHERE code = 'small'`);
    const columns = await plurals({ from: on(-4) });
    expect(columns.slice(0, 3)).toEqual(['Invoices', 'Payments', 'Credit applications']);
    expect(columns).toContain('Smalls');
    expect(await plurals({ to: on(-4) })).not.toContain('Smalls');
    const { id } = (await rowsOf(`SELECT id FROM transactions WHERE type_code = 'small'`))[0] as { id: string };
    await ledger.post(`transactions/${id}/reverse`, { reason: 'a test' });
  });

  it('refuses a day to come, a range that ends before it begins, and what is outside the actor’s offices', async () => {
    expect(await get('trial-balance', { to: on(2) }, {}, 422)).toMatchObject({
      code: 'future-date',
      errors: [{ field: 'filter.to' }],
    });
    expect(await get('trial-balance', { from: on(-1), to: on(-2) }, {}, 422)).toMatchObject({ code: 'from-after-to' });
    const roman = ledger.as(await ledger.service.bearer({ role: 'auditor', user: 'ida', offices: ['ROM'] }));
    for (const by of ['account', 'office', 'payer'])
      for (const path of ['trial-balance', 'trial-balance/totals']) {
        const { body } = await roman.get(path, 200, { filter: JSON.stringify({ by, officeCodes: ['NYC', 'ROM'] }) });
        expect(body.map(({ currency }: { currency: string }) => currency)).toEqual(['EUR']);
      }
    expect(
      (await roman.get('gl-trial-balance')).body.every(({ currency }: { currency: string }) => currency === 'EUR'),
    ).toBe(true);
    expect((await roman.get('trial-balance', 200, { filter: '{"officeCodes":["NYC"]}' })).body).toEqual([]);
  });
});

describe('The trial balance of the general ledger', () => {
  it('has the same debits as credits', async () => {
    const found = await get('gl-trial-balance', { from: on(-36), officeCodes: ['NYC'], to: on(-15) });
    expect(
      found.map((each: Record<string, unknown>) => [
        each['ledgerAccount'],
        each['opening'],
        each['debits'],
        each['credits'],
        each['closing'],
      ]),
    ).toEqual([
      ['account-credit', 0, 12_000, 12_000, 0],
      ['cash', 0, 12_000, 0, 12_000],
      ['income', -50_000, 0, 0, -50_000],
      ['receivable:self', 50_000, 0, 20_000, 30_000],
      ['write-off:coupon', 0, 8_000, 0, 8_000],
    ]);
    expect(await get('gl-trial-balance/totals', { officeCodes: ['ROM'] })).toEqual([
      { currency: 'EUR', opening: 0, debits: 24_000, credits: 24_000, closing: 0 },
    ]);
  });
});

describe('Reports as files', () => {
  it('hold the rows of the screen, whose amounts below 0 stay numbers and whose formulas are text', async () => {
    const filter = JSON.stringify({ by: 'office', from: on(-32), to: on(-15) });
    const answer = await file('trial-balance/export', { filter });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="trial-balance-by-office-${on(-32)}-${on(-15)}.csv"`,
      'cache-control': 'no-store',
    });
    const [heading = '', first = '', second] = answer.text.split('\n');
    expect(heading).toMatch(
      /^Office,Name,Currency,Opening balance,Invoices,Payments,.*Coupons,.*Closing balance,Credit$/,
    );
    expect(first).toMatch(/^NYC,New York,USD,410.00,0.00,-30.00,.*-80.00,.*300.00,0.00$/);
    expect(second).toMatch(/^ROM,'=Rome,EUR,0.00/);
    const audit = await rowsOf(
      `SELECT after FROM audit WHERE action = 'export-trial-balance' ORDER BY id DESC LIMIT 1`,
    );
    expect(audit).toEqual([{ after: { format: 'csv', filter: JSON.parse(filter) } }]);
  });

  it.each([
    ['trial-balance', 'A-1'],
    ['gl-trial-balance', 'account-credit'],
  ])('%s is XLSX too', async (report, first) => {
    const answer = await request(ledger.server)
      .get(`/api/ledger/${report}/export`)
      .query({ format: 'xlsx' })
      .set('Authorization', await ledger.service.bearer({ role: 'collector' }))
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.read(Readable.from([answer.body as Buffer]));
    expect(workbook.worksheets[0]?.getRow(2).getCell(1).value).toBe(first);
  });

  it('the general ledger’s names its accounts, those of write-offs by their types', async () => {
    const { text } = await file('gl-trial-balance/export', { filter: '{"officeCodes":["NYC"]}' });
    const named = text.split('\n').map((line) => line.split(',').slice(0, 2));
    expect(named).toContainEqual(['receivable:self', 'Receivable: accounts']);
    expect(named).toContainEqual(['write-off:coupon', 'Write-off: Coupon']);
  });

  it('are refused in another format', async () => {
    expect(await get('agency-outstanding/export', {}, { format: 'pdf' }, 400)).toMatchObject({
      errors: [{ field: 'format' }],
    });
    expect((await file('agency-outstanding/export', {})).text).toBe(
      'Payer,Payer name,Account,Name,Office,Invoice,Currency,Referred,Collected,Recalled,Outstanding\n',
    );
  });
});

describe('The daybook', () => {
  it('is the same before and after it is summed up, and nobody but the owner writes it', async () => {
    const before = await get('trial-balance/totals', {});
    expect((await rowsOf('SELECT FROM daybook_entries')).length).toBeGreaterThan(0);
    await ledger.service.app.get(KeepDaybook).sumUp();
    expect(await rowsOf('SELECT FROM daybook_entries')).toEqual([]);
    expect(await get('trial-balance/totals', {})).toEqual(before);
    await invoice(account, 'I-9', 900, on(-1));
    await ledger.service.app.get(KeepDaybook).sumUp();
    expect(await ledger.violations()).toEqual([]);
    await expect(run(ledger.db(), sql`UPDATE daybook SET amount = 1`)).rejects.toThrow(/permission denied/);
    await expect(run(ledger.db(), sql`DELETE FROM daybook_entries`)).rejects.toThrow(/permission denied/);
  });
});

describe('A referral to an agency', () => {
  /** 200.00 of an invoice is referred, of which the agency collects 50.00. */
  beforeAll(async () => {
    const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
    await admin.post('offices', { code: 'LAX', name: 'Los Angeles', currency: 'USD', timeZone: 'UTC' });
    const rules = { type: 'generic', skipGroupNumberCheck: true, skipPolicyIdCheck: true };
    await admin.post('payers', { code: 'SPRNT', name: 'Sprint', ...rules });
    const names = [{ name: 'To the agency', plural: 'To agencies' }];
    await admin.put('write-off-settings', { inUse: 1, writeOffs: names });
    const { id } = (await ledger.post('accounts', { officeCode: 'LAX', number: 'L-1', name: 'Lou Lopez' })).body;
    await invoice(id, 'I-1', 20_000, on(-5));
    await ledger.post('agency-referrals', {
      accountId: id,
      payerCode: 'SPRNT',
      transactionTypeCode: 'custom-write-off-1',
    });
    const payment = { accountId: id, amount: 5_000, currency: 'USD', effectiveDate: on(0) };
    await ledger.post('payments', { ...payment, payerCode: 'SPRNT' });
  });

  it('stands in the column of its write-off by account, and nets to 0 there by payer', async () => {
    const officeCodes = ['LAX'];
    const [lou] = await get('trial-balance', { from: on(-1), officeCodes });
    const moved = { 'custom-write-off-1': -20_000, payment: 0, invoice: 0 };
    expect(lou).toMatchObject({ code: 'L-1', opening: 20_000, movements: moved, closing: 0, credit: 0 });
    expect(await get('trial-balance', { from: on(-1), by: 'payer', officeCodes })).toMatchObject([
      { code: 'SELF', opening: 20_000, movements: { 'custom-write-off-1': -20_000 }, closing: 0, credit: 0 },
      { code: 'SPRNT', movements: { 'custom-write-off-1': 20_000, payment: -5_000 }, closing: 15_000, credit: 0 },
    ]);
    expect(await get('trial-balance/totals', { by: 'payer', officeCodes })).toMatchObject([
      { movements: { invoice: 20_000, 'custom-write-off-1': 0, payment: -5_000 }, closing: 15_000, credit: 0 },
    ]);
    const columns: { plural: string; customNumber: number | null }[] = await get('trial-balance/columns', {});
    expect(columns.find(({ customNumber }) => customNumber === 1)?.plural).toBe('To agencies');
  });

  it('is outstanding with the agency for what it has not collected', async () => {
    const figures = { referred: 20_000, collected: 5_000, recalled: 0, outstanding: 15_000 };
    const row = { payerCode: 'SPRNT', accountNumber: 'L-1', invoiceNumber: 'I-1', currency: 'USD', ...figures };
    expect(await get('agency-outstanding', {})).toMatchObject([row]);
    expect(await get('agency-outstanding', { asOf: on(-1) })).toEqual([]);
    expect(await get('agency-outstanding/totals', { payerCode: 'SPRNT' })).toEqual([
      { payerCode: 'SPRNT', currency: 'USD', ...figures },
    ]);
    expect((await file('agency-outstanding/export', {})).text).toContain(',I-1,USD,200.00,50.00,0.00,150.00\n');
    const roman = ledger.as(await ledger.service.bearer({ role: 'auditor', user: 'ida', offices: ['ROM'] }));
    expect((await roman.get('agency-outstanding')).body).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});

async function plurals(filter: object): Promise<string[]> {
  return (await get('trial-balance/columns', filter)).map(({ plural }: { plural: string }) => plural);
}

function file(path: string, query: object) {
  return ledger.get(path, 200, query);
}

function rowsOf(query: string): Promise<object[]> {
  return rows(ledger.db(), sql.raw(query));
}
