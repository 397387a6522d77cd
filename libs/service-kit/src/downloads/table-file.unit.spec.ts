import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import {
  amountColumn,
  countColumn,
  readTableFormat,
  requireXlsxRows,
  textColumn,
  writeTable,
  xlsxRowsMax,
} from './table-file.js';

interface Row {
  readonly name: string | null;
  readonly currency: string;
  readonly amount: number | null;
  readonly days: number;
}

const columns = [
  textColumn<Row>('-Name', ({ name }) => name),
  amountColumn<Row>('Amount', ({ amount }) => amount),
  countColumn<Row>('Days', ({ days }) => days),
];

const rows: Row[] = [
  { name: '=1+1', currency: 'USD', amount: -1205, days: 3 },
  { name: 'Ann "A", Ltd', currency: 'JPY', amount: 500, days: -1 },
  { name: null, currency: 'KWD', amount: null, days: 0 },
];

describe('A table as a file', () => {
  it('is CSV whose text runs no formula and whose amounts below 0 stay numbers', async () => {
    const out = new PassThrough();
    const [file] = await Promise.all([text(out), writeTable('csv', columns, Readable.from(rows), out)]);
    expect(file.split('\n')).toEqual(["'-Name,Amount,Days", "'=1+1,-12.05,3", '"Ann ""A"", Ltd",500,-1', ',,0', '']);
  });

  it.each(['=', '+', '-', '@', '\t', '\uff1d', '\uff0b', '\uff0d', '\uff20'])(
    'makes text of %j at the beginning',
    async (sign) => {
      const out = new PassThrough();
      const row = { name: `${sign}1`, currency: 'USD', amount: 0, days: 0 };
      const [file] = await Promise.all([text(out), writeTable('csv', columns, Readable.from([row]), out)]);
      expect(file.split('\n')[1]).toBe(`'${sign}1,0.00,0`);
    },
  );

  it('is XLSX with amounts that a spreadsheet adds up', async () => {
    const out = new PassThrough();
    const [file] = await Promise.all([buffer(out), writeTable('xlsx', columns, Readable.from(rows), out)]);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.read(Readable.from([file]));
    const [sheet] = workbook.worksheets;
    expect(sheet?.getRow(1).values).toEqual([undefined, '-Name', 'Amount', 'Days']);
    expect(sheet?.getRow(2).values).toEqual([undefined, '=1+1', -12.05, 3]);
    expect(sheet?.getRow(3).values).toEqual([undefined, 'Ann "A", Ltd', 500, -1]);
    expect([2, 3].map((row) => sheet?.getRow(row).getCell(2).numFmt)).toEqual(['#,##0.00', '#,##0']);
    expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
  });

  it('is refused in another format, and as XLSX of more rows than one takes', () => {
    expect([readTableFormat(undefined), readTableFormat('xlsx')]).toEqual(['csv', 'xlsx']);
    expect(() => readTableFormat('pdf')).toThrow('csv or xlsx');
    expect(() => requireXlsxRows(xlsxRowsMax)).not.toThrow();
    expect(() => requireXlsxRows(xlsxRowsMax + 1)).toThrow('Export it as CSV');
  });
});
