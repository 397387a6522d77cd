import { describe, expect, it } from '@jest/globals';
import {
  isComplete,
  fieldsOf,
  firstRecord,
  guessColumns,
  lackingFields,
  mappingJson,
  readHeaderOf,
  isOtherwiseSeparated,
} from './mapping.js';

const shipped = [
  { id: 'theirs', kind: 'payments', columns: { officeCode: 'country', amount: 'Amount' }, optional: [] },
  {
    id: 'payments',
    kind: 'payments',
    columns: { officeCode: 'officeCode', reference: 'reference', payerCode: 'payerCode' },
    optional: ['payerCode'],
  },
] as const;
const fields = fieldsOf(shipped, 'payments');

describe('a header', () => {
  it('is the first line of the file, quotes and byte order mark taken off', async () => {
    expect(firstRecord('a,"b, ""c""",d\r\n1,2,3', true)).toEqual(['a', 'b, "c"', 'd']);
    expect(firstRecord('a,b', true)).toEqual(['a', 'b']);
    expect(await readHeaderOf(new Blob(['\ufeffofficeCode,x\n']))).toEqual(['officeCode', 'x']);
    expect(await readHeaderOf(new Blob(['\ufeffsep=,\r\nofficeCode,x\r\n']))).toEqual(['officeCode', 'x']);
  });

  it('is told apart from one whose names something else than commas parts', () => {
    const quoted = ['"office";"account"\n1;2', '"office"\t"account"', 'office;"account"'];
    for (const header of [
      'office;account',
      'office\taccount',
      'office|account',
      'sep=;\noffice;account',
      'sep=:',
      ...quoted,
    ])
      expect(isOtherwiseSeparated(firstRecord(header, true) ?? [])).toBe(true);
    for (const header of ['office,account', 'office', 'office;code,account'])
      expect(isOtherwiseSeparated(firstRecord(header, true) ?? [])).toBe(false);
  });

  it('is not known where the file is empty, is quoted wrong, or the first 64 KiB hold no whole line', async () => {
    expect(firstRecord('', true)).toBeUndefined();
    expect(firstRecord('a,"b\n', true)).toBeUndefined();
    expect(await readHeaderOf(new Blob(['x'.repeat(70_000)]))).toBeUndefined();
  });
});

describe('a mapping that is made', () => {
  it('has the fields of the shipped one in our own layout', () => {
    expect(fields).toEqual([
      { field: 'officeCode', required: true },
      { field: 'reference', required: true },
      { field: 'payerCode', required: false },
    ]);
    expect(fieldsOf(shipped, 'accounts')).toEqual([]);
  });

  it('begins with the columns that are named alike', () => {
    expect(guessColumns(fields, ['Office Code', 'officeCode', 'REFERENCE', 'x'])).toEqual({
      officeCode: 'officeCode',
      reference: 'REFERENCE',
      payerCode: '',
    });
  });

  it('tells what it lacks, and is sent without the fields that have no column', () => {
    const own = {
      name: 'mine',
      columns: { officeCode: 'o', reference: '', payerCode: '' },
      dates: 'M/D/YYYY',
      offices: [],
    };
    expect(lackingFields(fields, own)).toEqual(['reference']);
    const columns = { ...own.columns, reference: 'r' };
    const office = { code: '', name: 'London', currency: 'GBP', timeZone: 'Europe/London' };
    expect(isComplete(fields, own)).toBe(false);
    expect(isComplete(fields, { ...own, columns })).toBe(true);
    expect(isComplete(fields, { ...own, columns, offices: [office] })).toBe(false);
    expect(JSON.parse(mappingJson('payments', own))).toEqual({
      name: 'mine',
      kind: 'payments',
      columns: { officeCode: 'o' },
      dates: 'M/D/YYYY',
      offices: [],
    });
  });
});
