import { describe, expect, it } from '@jest/globals';
import { asOwnMapping, keptJson, keptMapping, namesOfKind, replacedBy } from './keptMapping.js';
import {
  hasDates,
  isComplete,
  fieldsOf,
  firstRecord,
  guessColumns,
  lackingFields,
  mappingJson,
  readHeaderOf,
  isOtherwiseSeparated,
  type KnownMapping,
} from './mapping.js';

const known = (name: string, columns: Record<string, string>, more: Partial<KnownMapping> = {}): KnownMapping => ({
  id: name,
  name,
  shipped: true,
  version: null,
  kind: 'payments',
  columns,
  optional: [],
  dates: 'YYYY-MM-DD',
  offices: [],
  ...more,
});
const kept = known('kept', { officeCode: 'officeCode' }, { shipped: false, version: 3 });
const mappings = [
  known('theirs', { officeCode: 'country', amount: 'Amount' }),
  kept,
  known(
    'payments',
    { officeCode: 'officeCode', reference: 'reference', payerCode: 'payerCode' },
    { optional: ['payerCode'] },
  ),
];
const fields = fieldsOf(mappings, 'payments');

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
    expect(fieldsOf(mappings, 'accounts')).toEqual([]);
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
    expect(isComplete(fields, { ...own, columns, name: 'not a code' })).toBe(false);
    expect(JSON.parse(mappingJson('payments', own, fields))).toEqual({
      name: 'mine',
      kind: 'payments',
      columns: { officeCode: 'o' },
      offices: [],
      optional: [],
    });
  });

  it('reads also files that lack a column which need not be given', () => {
    const columns = { officeCode: 'o', reference: 'r', payerCode: 'p' };
    const own = { name: 'mine', columns, dates: 'YYYY-MM-DD', offices: [] };
    expect(JSON.parse(mappingJson('payments', own, fields))).toMatchObject({ columns, optional: ['payerCode'] });
  });

  it('asks how dates are written only where a column has some', () => {
    const own = { name: 'mine', columns: { officeCode: 'o', paymentDate: '' }, dates: 'M/D/YYYY', offices: [] };
    expect(hasDates(own)).toBe(false);
    const dated = { ...own, columns: { ...own.columns, paymentDate: 'd' } };
    expect(hasDates(dated)).toBe(true);
    expect(JSON.parse(mappingJson('payments', dated, fields))).toMatchObject({ dates: 'M/D/YYYY' });
  });
});

describe('a mapping that is kept', () => {
  it('is found by its name, beside those that ship', () => {
    expect(namesOfKind(mappings, 'payments')).toEqual(['theirs', 'kept', 'payments']);
    expect(keptMapping(mappings, 'kept')).toBe(kept);
    expect(keptMapping(mappings, 'theirs')).toBeUndefined();
  });

  it('is changed for the file at hand, and keeps what the screen doesn’t ask', () => {
    const stored = known('kept', { officeCode: 'o', amount: 'Amount' }, { shipped: false, optional: ['payerCode'] });
    const own = asOwnMapping({ ...stored, serviceTypeCode: 'rent' }, ['o', 'Sum']);
    expect(own).toMatchObject({ name: 'kept', columns: { officeCode: 'o', amount: '' } });
    expect(JSON.parse(mappingJson('payments', own, fields))).toEqual({
      name: 'kept',
      kind: 'payments',
      columns: { officeCode: 'o' },
      offices: [],
      optional: [],
      serviceTypeCode: 'rent',
    });
  });

  it('keeps the columns that files may lack when it is changed for a file without them', () => {
    const stored = known('kept', { officeCode: 'o', payerCode: 'Payer' }, { shipped: false, optional: ['payerCode'] });
    expect(asOwnMapping(stored, ['o']).columns).toEqual({ officeCode: 'o', payerCode: 'Payer' });
  });

  it('is replaced on the version that it was taken from, though the list knows a later one', () => {
    const own = asOwnMapping(kept, ['officeCode']);
    expect(replacedBy(own, [{ ...kept, version: 4 }])).toMatchObject({ id: 'kept', version: 3 });
    const fresh = { name: 'kept ', columns: {}, dates: 'YYYY-MM-DD', offices: [] };
    expect(replacedBy(fresh, [{ ...kept, version: 4 }])).toMatchObject({ version: 4 });
    expect(replacedBy({ ...own, name: 'other' }, [kept])).toBeUndefined();
  });

  it('is sent whole, as the page shows it', () => {
    const { id: _id, shipped: _shipped, version: _version, ...whole } = kept;
    expect(JSON.parse(keptJson(kept))).toEqual(whole);
  });
});
