import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, sql } from '@recoup/service-kit';
import { rejectionsOf } from '../testing/import-files.js';
import { testLedger, type TestLedger } from '../testing/test-ledger.js';

const columns = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate,disputed';
const quoted = (separator: string) => `${columns.replaceAll(/\w+/g, '"$&"').replaceAll(',', separator)}\n`;
let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger();
});
afterAll(() => ledger.stop());

/** The newest import, as it is kept. */
const newest = () =>
  row<{ status: string; last_error: string }>(
    ledger.db(),
    sql`SELECT status, last_error FROM runs ORDER BY created_at DESC LIMIT 1`,
  );

describe('a file that can’t be read at all is refused with what is wrong', () => {
  it.each([
    ['', 'empty-file', 'must begin with a header'],
    [`${columns}\n`, 'no-rows', 'At least one row'],
    ['officeCode,accountNumber\n', 'missing-columns', 'lacks invoiceNumber'],
    [`${columns},amount\n`, 'repeated-columns', 'names amount more than once'],
    [columns.replace('amount', 'Amount'), 'missing-columns', 'lacks amount'],
    [columns.replaceAll(',', ';'), 'wrong-separator', 'semicolons. Fields must be separated by commas'],
    [columns.replaceAll(',', '\t'), 'wrong-separator', 'tabs'],
    [`name, first;${columns.replaceAll(',', ';')}`, 'wrong-separator', 'semicolons'],
    [quoted(';'), 'wrong-separator', 'line 1, is separated by semicolons. Fields must be separated by commas'],
    [quoted('\t'), 'wrong-separator', 'tabs'],
    ['officeCode;"accountNumber"\n', 'wrong-separator', 'semicolons'],
    ['officeCode,"account"Number\n', 'bad-header', 'has a quote inside a field that is not quoted'],
    [
      `sep=;\n${columns.replaceAll(',', ';')}`,
      'wrong-separator',
      'Line 1, sep=;, says that fields are separated by semi',
    ],
    ['"sep=:"\n', 'wrong-separator', 'by “:”. Fields must be separated by commas'],
    ['sep=,\n', 'bad-header', 'is missing'],
  ])('%j is %s', async (content, code, words) => {
    await expect(ledger.importFile(content)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(await newest()).toEqual({ status: 'cancelled', last_error: expect.stringContaining(`(${code})`) });
  });
});

describe('a file whose first line says that commas separate its fields', () => {
  it('is read from its second line', async () => {
    const rows = 'NYC,S,S1,2026-01-01,2026-02-01,1.00,,\nNYC,S,S2,x,2026-02-01,1.00,,\n';
    const done = await ledger.importFile(`\ufeffsep=,\r\n${columns}\r\n${rows}`);
    expect(done.counts).toMatchObject({ rows: 2, booked: 1, refused: 1 });
    expect(await rejectionsOf(ledger.db(), done.id)).toEqual([[4, 'invoiceDate', 'x', 'bad-date']]);
  });
});
