import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, sql } from '@recoup/service-kit';
import { reportBooks, type ReportBooks } from '../testing/report-books.js';
import { KeepDaybook } from './keep-daybook.js';

let books: ReportBooks;
beforeAll(async () => {
  books = await reportBooks();
});
afterAll(() => books.ledger.stop());

describe('The trial balance', () => {
  it('has opening balance, a column for each type, closing balance, and credit beside it', async () => {
    const [ann, rosa] = await books.get('trial-balance', {
      from: books.on(-32),
      to: books.on(-15),
      idleAccounts: true,
    });
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
    expect(ann).toMatchObject({ id: books.account, opening: 41_000, movements: moved, closing: 30_000 });
    expect(rosa).toMatchObject({ code: 'R-1', currency: 'EUR', opening: 0, closing: 0, credit: 0 });
    const [, now] = await books.get('trial-balance', {});
    expect(now).toMatchObject({ movements: { invoice: 7_000, payment: -7_000 }, closing: 0, credit: 3_000 });
  });

  it('adds up by currency, office and payer', async () => {
    expect(await books.get('trial-balance/totals', { from: books.on(-15) })).toMatchObject([
      { currency: 'EUR', opening: 0, movements: { invoice: 7_000, payment: -7_000 }, closing: 0, credit: 3_000 },
      { currency: 'USD', opening: 30_000, movements: { 'returned-payment': 3_000 }, closing: 33_000, credit: 0 },
    ]);
    expect(await books.get('trial-balance', { by: 'office', to: books.on(-20) })).toMatchObject([
      { code: 'NYC', name: 'New York', officeCode: 'NYC', closing: 30_000 },
      { code: 'ROM', closing: 0 },
    ]);
    expect(await books.get('trial-balance', { by: 'payer' }, { sort: '["currency","DESC"]' })).toMatchObject([
      { id: 'SELF:USD', code: 'SELF', officeCode: null, currency: 'USD', closing: 33_000 },
      { id: 'SELF:EUR', currency: 'EUR', closing: 0, credit: 3_000 },
    ]);
    expect(await books.get('trial-balance/totals', { by: 'account', q: 'ann' })).toMatchObject([
      { currency: 'USD', closing: 33_000 },
    ]);
  });

  it('leaves out accounts without a figure in the range unless they are asked for, in rows, their number and files', async () => {
    const range = { from: books.on(-32), to: books.on(-15) };
    const shown = async (filter: object): Promise<unknown[]> => {
      const { body, headers } = await books.ledger.get('trial-balance', 200, { filter: JSON.stringify(filter) });
      const { text } = await books.file('trial-balance/export', { filter: JSON.stringify(filter) });
      const lines: string[] = text.trim().split('\n').slice(1);
      expect(lines.map((line) => line.split(',')[0])).toEqual(body.map(({ code }: { code: string }) => code));
      return [body.map(({ code }: { code: string }) => code), headers['content-range']];
    };
    expect(await shown(range)).toEqual([['A-1'], 'trial-balance 0-0/1']);
    expect(await shown({ ...range, idleAccounts: true })).toEqual([['A-1', 'R-1'], 'trial-balance 0-1/2']);
    expect(await shown({ from: books.on(-13), to: books.on(-11) })).toEqual([['A-1', 'R-1'], 'trial-balance 0-1/2']);
    expect(await books.get('trial-balance', { idleAccounts: 1 }, {}, 400)).toMatchObject({ code: 'invalid-input' });
    const { parameters } = (await books.ledger.get('openapi.json')).body.paths['/api/ledger/trial-balance'].get;
    expect(parameters[0]).toMatchObject({
      name: 'filter',
      description: expect.stringContaining('. idleAccounts: true shows'),
    });
  });

  it('pages, sorts and searches as other lists do', async () => {
    const page = await books.ledger.get('trial-balance', 200, { range: '[1,1]', sort: '["closing","DESC"]' });
    expect(page.headers['content-range']).toBe('trial-balance 1-1/2');
    expect(page.body).toMatchObject([{ code: 'A-1' }]);
    expect(await books.get('trial-balance', { q: 'r-1' })).toMatchObject([{ code: 'R-1' }]);
    expect(await books.get('trial-balance', { q: 'york', by: 'office' })).toMatchObject([{ code: 'NYC' }]);
    expect(await books.get('trial-balance', {}, { sort: '["salary","ASC"]' }, 400)).toMatchObject({
      code: 'unknown-sort',
    });
    expect(await books.get('trial-balance', { by: 'weather' }, {}, 400)).toMatchObject({ code: 'invalid-input' });
  });

  it('names its columns in order: those in use, and those used in the range', async () => {
    await run(
      books.ledger.db(),
      sql`INSERT INTO transaction_types (code, name, plural, kind, active) VALUES ('small', 'Small', 'Smalls', 'write-off', true)`,
    );
    expect(await plurals({})).toContain('Smalls');
    await books.ledger.post('write-offs', {
      accountId: books.account,
      amount: 1,
      transactionTypeCode: 'small',
      effectiveDate: books.on(-3),
    });
    await run(books.ledger.db(), sql`UPDATE transaction_types SET active = false WHERE code = 'small'`);
    const columns = await plurals({ from: books.on(-4) });
    expect(columns.slice(0, 3)).toEqual(['Invoices', 'Payments', 'Credit applications']);
    expect(columns).toContain('Smalls');
    expect(await plurals({ to: books.on(-4) })).not.toContain('Smalls');
    const { id } = (await books.rowsOf(`SELECT id FROM transactions WHERE type_code = 'small'`))[0] as { id: string };
    await books.ledger.post(`transactions/${id}/reverse`, { reason: 'a test' });
  });

  it('refuses a day to come, a range that ends before it begins, and what is outside the actor’s offices', async () => {
    expect(await books.get('trial-balance', { to: books.on(2) }, {}, 422)).toMatchObject({
      code: 'future-date',
      errors: [{ field: 'filter.to' }],
    });
    expect(await books.get('trial-balance', { from: books.on(-1), to: books.on(-2) }, {}, 422)).toMatchObject({
      code: 'from-after-to',
    });
    const roman = books.ledger.as(
      await books.ledger.service.bearer({ role: 'auditor', user: 'ida', offices: ['ROM'] }),
    );
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
    const found = await books.get('gl-trial-balance', { from: books.on(-36), officeCodes: ['NYC'], to: books.on(-15) });
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
    expect(await books.get('gl-trial-balance/totals', { officeCodes: ['ROM'] })).toEqual([
      { currency: 'EUR', opening: 0, debits: 24_000, credits: 24_000, closing: 0 },
    ]);
  });
});

describe('The daybook', () => {
  it('is the same before and after it is summed up, and nobody but the owner writes it', async () => {
    const before = await books.get('trial-balance/totals', {});
    expect((await books.rowsOf('SELECT FROM daybook_entries')).length).toBeGreaterThan(0);
    await books.ledger.service.app.get(KeepDaybook).sumUp();
    expect(await books.rowsOf('SELECT FROM daybook_entries')).toEqual([]);
    expect(await books.get('trial-balance/totals', {})).toEqual(before);
    await books.invoice(books.account, 'I-9', 900, books.on(-1));
    await books.ledger.service.app.get(KeepDaybook).sumUp();
    expect(await books.ledger.violations()).toEqual([]);
    await expect(run(books.ledger.db(), sql`UPDATE daybook SET amount = 1`)).rejects.toThrow(/permission denied/);
    await expect(run(books.ledger.db(), sql`DELETE FROM daybook_entries`)).rejects.toThrow(/permission denied/);
  });
});

async function plurals(filter: object): Promise<string[]> {
  return (await books.get('trial-balance/columns', filter)).map(({ plural }: { plural: string }) => plural);
}
