import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, sql } from '@recoup/service-kit';
import { testLedger, type TestLedger } from '../testing/test-ledger.js';

const columns = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate,disputed';
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
    [`"officeCode";"accountNumber"\n`, 'bad-header', 'separated by semicolons'],
  ])('%j is %s', async (content, code, words) => {
    await expect(ledger.importFile(content)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(await newest()).toEqual({ status: 'cancelled', last_error: expect.stringContaining(`(${code})`) });
  });
});
