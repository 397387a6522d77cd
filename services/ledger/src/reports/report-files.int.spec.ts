import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import request from 'supertest';
import { reportBooks, type ReportBooks } from '../testing/report-books.js';

let books: ReportBooks;
beforeAll(async () => {
  books = await reportBooks();
});
afterAll(() => books.ledger.stop());

describe('Reports as files', () => {
  it('hold the rows of the screen, whose amounts below 0 stay numbers and whose formulas are text', async () => {
    const filter = JSON.stringify({ by: 'office', from: books.on(-32), to: books.on(-15) });
    const answer = await books.file('trial-balance/export', { filter });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="trial-balance-by-office-${books.on(-32)}-${books.on(-15)}.csv"`,
      'cache-control': 'no-store',
    });
    const [heading = '', first = '', second] = answer.text.split('\n');
    expect(heading).toMatch(
      /^Office,Name,Currency,Opening balance,Invoices,Payments,.*Coupons,.*Closing balance,Credit$/,
    );
    expect(first).toMatch(/^NYC,New York,USD,410.00,0.00,-30.00,.*-80.00,.*300.00,0.00$/);
    expect(second).toMatch(/^ROM,'=Rome,EUR,0.00/);
    const audit = await books.rowsOf(
      `SELECT after FROM audit WHERE action = 'export-trial-balance' ORDER BY id DESC LIMIT 1`,
    );
    expect(audit).toEqual([{ after: { format: 'csv', filter: JSON.parse(filter) } }]);
  });

  it.each([
    ['trial-balance', 'A-1'],
    ['gl-trial-balance', 'account-credit'],
  ])('%s is XLSX too', async (report, first) => {
    const answer = await request(books.ledger.server)
      .get(`/api/ledger/${report}/export`)
      .query({ format: 'xlsx' })
      .set('Authorization', await books.ledger.service.bearer({ role: 'collector' }))
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
    const { text } = await books.file('gl-trial-balance/export', { filter: '{"officeCodes":["NYC"]}' });
    const named = text.split('\n').map((line) => line.split(',').slice(0, 2));
    expect(named).toContainEqual(['receivable:self', 'Receivable: accounts']);
    expect(named).toContainEqual(['write-off:coupon', 'Write-off: Coupon']);
  });

  it('are refused in another format', async () => {
    expect(await books.get('agency-outstanding/export', {}, { format: 'pdf' }, 400)).toMatchObject({
      errors: [{ field: 'format' }],
    });
    expect((await books.file('agency-outstanding/export', {})).text).toBe(
      'Payer,Payer name,Account,Name,Office,Invoice,Currency,Referred,Collected,Recalled,Outstanding\n',
    );
  });
});
