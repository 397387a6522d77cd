import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportBooks, type ReportBooks } from '../testing/report-books.js';

let books: ReportBooks;
beforeAll(async () => {
  books = await reportBooks();
});
afterAll(() => books.ledger.stop());

describe('A referral to an agency', () => {
  /** 200.00 of an invoice is referred, of which the agency collects 50.00. */
  beforeAll(async () => {
    const admin = books.ledger.as(await books.ledger.service.bearer({ role: 'administrator', user: 'ada' }));
    await admin.post('offices', { code: 'LAX', name: 'Los Angeles', currency: 'USD', timeZone: 'UTC' });
    const rules = { type: 'generic', skipGroupNumberCheck: true, skipPolicyIdCheck: true };
    await admin.post('payers', { code: 'SPRNT', name: 'Sprint', ...rules });
    const names = [{ name: 'To the agency', plural: 'To agencies' }];
    await admin.put('write-off-settings', { inUse: 1, writeOffs: names });
    const { id } = (await books.ledger.post('accounts', { officeCode: 'LAX', number: 'L-1', name: 'Lou Lopez' })).body;
    await books.invoice(id, 'I-1', 20_000, books.on(-5));
    await books.ledger.post('agency-referrals', {
      accountId: id,
      payerCode: 'SPRNT',
      transactionTypeCode: 'custom-write-off-1',
    });
    const payment = { accountId: id, amount: 5_000, currency: 'USD', effectiveDate: books.on(0) };
    await books.ledger.post('payments', { ...payment, payerCode: 'SPRNT' });
  });

  it('stands in the column of its write-off by account, and nets to 0 there by payer', async () => {
    const officeCodes = ['LAX'];
    const [lou] = await books.get('trial-balance', { from: books.on(-1), officeCodes });
    const moved = { 'custom-write-off-1': -20_000, payment: 0, invoice: 0 };
    expect(lou).toMatchObject({ code: 'L-1', opening: 20_000, movements: moved, closing: 0, credit: 0 });
    expect(await books.get('trial-balance', { from: books.on(-1), by: 'payer', officeCodes })).toMatchObject([
      { code: 'SELF', opening: 20_000, movements: { 'custom-write-off-1': -20_000 }, closing: 0, credit: 0 },
      { code: 'SPRNT', movements: { 'custom-write-off-1': 20_000, payment: -5_000 }, closing: 15_000, credit: 0 },
    ]);
    expect(await books.get('trial-balance/totals', { by: 'payer', officeCodes })).toMatchObject([
      { movements: { invoice: 20_000, 'custom-write-off-1': 0, payment: -5_000 }, closing: 15_000, credit: 0 },
    ]);
    const columns: { plural: string; customNumber: number | null }[] = await books.get('trial-balance/columns', {});
    expect(columns.find(({ customNumber }) => customNumber === 1)?.plural).toBe('To agencies');
  });

  it('is outstanding with the agency for what it has not collected', async () => {
    const figures = { referred: 20_000, collected: 5_000, recalled: 0, outstanding: 15_000 };
    const row = { payerCode: 'SPRNT', accountNumber: 'L-1', invoiceNumber: 'I-1', currency: 'USD', ...figures };
    expect(await books.get('agency-outstanding', {})).toMatchObject([row]);
    expect(await books.get('agency-outstanding', { asOf: books.on(-1) })).toEqual([]);
    expect(await books.get('agency-outstanding/totals', { payerCode: 'SPRNT' })).toEqual([
      { payerCode: 'SPRNT', currency: 'USD', ...figures },
    ]);
    expect((await books.file('agency-outstanding/export', {})).text).toContain(',I-1,USD,200.00,50.00,0.00,150.00\n');
    const roman = books.ledger.as(
      await books.ledger.service.bearer({ role: 'auditor', user: 'ida', offices: ['ROM'] }),
    );
    expect((await roman.get('agency-outstanding')).body).toEqual([]);
    expect(await books.ledger.violations()).toEqual([]);
  });
});
