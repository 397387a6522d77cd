import { describe, expect, it } from '@jest/globals';
import { readDate } from './dates.js';
import { recoup as mapping } from './mappings/recoup.js';
import { readHeader } from './mapping.js';
import { readInvoiceRow } from './parse-row.js';
import { rowReader } from './read-fields.js';

const header = [
  'officeCode',
  'accountNumber',
  'invoiceNumber',
  'invoiceDate',
  'dueDate',
  'amount',
  'settledDate',
  'disputed',
  'email',
  'timeZone',
];
const found = readHeader(mapping, header);
if ('problem' in found) throw new Error(found.problem);
const offices: Record<string, { currency: string; today: string }> = {
  NYC: { currency: 'USD', today: '2026-03-01' },
  TYO: { currency: 'JPY', today: '2026-03-02' },
  KWC: { currency: 'KWD', today: '2026-03-01' },
};
const read = rowReader(readInvoiceRow, mapping, found, (code) => offices[code]);
const good = ['NYC', 'A1', 'I1', '2026-01-01', '2026-02-01', '55.9', '', '', '', ''];
const withField = (name: string, value: string, office = 'NYC'): string[] =>
  good.map((field, index) => (header[index] === name ? value : index === 0 ? office : field));

describe('a row', () => {
  it('whose number is all blanks is refused', () => {
    expect(read(2, withField('invoiceNumber', '  ')).findings).toMatchObject([{ reason: 'missing-value' }]);
  });

  it('is read with its amount in minor units', () => {
    expect(read(2, good)).toMatchObject({
      findings: [],
      row: { line: 2, amount: 5590, settledOn: null, disputed: false, contact: { name: 'A1' } },
    });
    expect(read(2, withField('amount', '500', 'TYO')).row?.amount).toBe(500);
    expect(read(2, withField('amount', '1.234', 'KWC')).row?.amount).toBe(1234);
    expect(read(2, withField('amount', '0.00')).row?.amount).toBe(0);
  });

  it.each([
    ['amount', '1,000.00', 'bad-amount'],
    ['amount', '+1', 'bad-amount'],
    ['amount', '$1', 'bad-amount'],
    ['amount', '1.005', 'bad-amount'],
    ['amount', '', 'bad-amount'],
    ['amount', '99999999999999', 'bad-amount'],
    ['invoiceDate', '1/2/2026', 'bad-date'],
    ['invoiceDate', '2026-03-02', 'future-date'],
    ['settledDate', '2026-03-02', 'future-date'],
    ['dueDate', '', 'bad-date'],
    ['dueDate', '2025-12-31', 'due-before-invoice'],
    ['invoiceNumber', '', 'missing-value'],
    ['accountNumber', 'x'.repeat(201), 'too-long'],
    ['accountNumber', 'A\n1', 'control-character'],
    ['accountNumber', 'A\u202e1', 'control-character'],
    ['email', 'a@example.com\t', 'control-character'],
    ['email', `${'x'.repeat(190)}@example.com`, 'too-long'],
    ['disputed', 'perhaps', 'bad-value'],
    ['timeZone', 'Mars/Olympus', 'bad-time-zone'],
    ['officeCode', 'nyc', 'unknown-office'],
  ])('with %s %j is refused as %s', (column, value, reason) => {
    const fields = column === 'officeCode' ? [value, ...good.slice(1)] : withField(column, value);
    expect(read(9, fields)).toEqual({
      findings: [expect.objectContaining({ line: 9, column, reason, severity: 'refused' })],
    });
  });

  it('is told once of what is wrong with a column that two fields read', () => {
    const twice = { ...mapping, columns: { ...mapping.columns, name: 'accountNumber' } };
    const both = readHeader(twice, header);
    if ('problem' in both) throw new Error(both.problem);
    const readTwice = rowReader(readInvoiceRow, twice, both, (code) => offices[code]);
    expect(readTwice(2, withField('accountNumber', 'A\u200b1')).findings).toEqual([
      expect.objectContaining({ column: 'accountNumber', value: 'A\u200b1', reason: 'control-character' }),
    ]);
  });

  it('keeps an address that can’t be used, and warns of it', () => {
    const { row, findings } = read(2, withField('email', 'ann at example.com'));
    expect(row?.contact.email).toBe('ann at example.com');
    expect(findings).toEqual([
      expect.objectContaining({ column: 'email', value: null, reason: 'unusable-contact', severity: 'warning' }),
    ]);
  });

  it('shows a long value only in part, and no half of a character', () => {
    const number = `${'x'.repeat(199)}😀😀`;
    expect(read(2, withField('accountNumber', number)).findings).toMatchObject([{ value: 'x'.repeat(199) }]);
  });

  it('may be due after today, and of a day that is today only in its office', () => {
    expect(read(2, withField('dueDate', '2027-01-01')).findings).toEqual([]);
    expect(read(2, ['TYO', 'A1', 'I1', '2026-03-02', '2026-03-02', '5', '', '', '', '']).findings).toEqual([]);
  });
});

describe('a header', () => {
  it('must name each column once and exactly; further columns are ignored', () => {
    expect(readHeader(mapping, ['Amount', ...header.filter((name) => name !== 'amount')])).toEqual({
      problem: 'missing-columns',
      names: ['amount'],
    });
    expect(readHeader(mapping, [...header, 'x', 'x'])).toEqual({ problem: 'repeated-columns', names: ['x'] });
    expect(readHeader(mapping, [...header, 'x'])).toMatchObject({ columns: 11 });
  });
});

describe('a date', () => {
  it.each([
    ['2013-02-28', 'YYYY-MM-DD', '2013-02-28'],
    ['2013-02-30', 'YYYY-MM-DD', null],
    ['2/9/2013', 'M/D/YYYY', '2013-02-09'],
    ['02/09/2013', 'M/D/YYYY', '2013-02-09'],
    ['13/1/2013', 'M/D/YYYY', null],
    ['13/1/2013', 'D/M/YYYY', '2013-01-13'],
    ['2/9/13', 'M/D/YYYY', null],
    [' 2/9/2013', 'M/D/YYYY', null],
  ] as const)('%j read as %s is %j', (text, format, date) => {
    expect(readDate(text, format)).toBe(date);
  });
});
