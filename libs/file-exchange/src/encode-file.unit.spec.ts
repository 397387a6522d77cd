import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { encodeFile, sameContent } from './encode-file.js';
import { fileFormat, type DetailRecord, type FileFormat } from './file-format.js';

const csv = fileFormat.parse({
  style: 'csv',
  header: [{ name: 'Agency', value: 'agencyCode', type: 'text' }],
  detail: [
    { name: 'Account number', value: 'accountNumber', type: 'text' },
    { name: 'Name', value: 'name', type: 'text' },
    { name: 'Balance', value: 'amount', type: 'amount' },
    { name: 'Currency', value: 'currency', type: 'text' },
    { name: 'Oldest due', value: 'oldestDueDate', type: 'date' },
  ],
  trailer: [
    { name: 'Count', value: 'count', type: 'number' },
    { name: 'Sum', value: 'amount', type: 'amount' },
    { name: 'Currency', value: 'currency', type: 'text' },
  ],
});

function record(accountNumber: string, name: string, amount: number, currency = 'USD'): DetailRecord {
  return { accountNumber, name, amount, currency, oldestDueDate: '2026-01-31' };
}

async function written(format: FileFormat, rows: DetailRecord[]) {
  const file = encodeFile(format, { agencyCode: 'ARM' }, rows);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { bytes, text: bytes.toString('utf8'), summary: file.summary() };
}

describe('a file', () => {
  it('has a header, its rows, and a trailer of count and sum for each currency', async () => {
    const { text, bytes, summary } = await written(csv, [
      record('A-1', 'Ada Lovelace', 511985),
      record('A-2', 'Nakamura, 健', 500, 'JPY'),
      record('A-3', 'O "Mac" Neill', 5),
    ]);
    expect(text.split('\r\n')).toEqual([
      'H,ARM',
      'D,A-1,Ada Lovelace,5119.85,USD,2026-01-31',
      'D,A-2,"Nakamura, 健",500,JPY,2026-01-31',
      'D,A-3,"O ""Mac"" Neill",0.05,USD,2026-01-31',
      'T,1,500,JPY',
      'T,2,5119.90,USD',
      '',
    ]);
    expect(summary).toEqual({
      rows: 3,
      totals: [
        { currency: 'JPY', count: 1, amount: 500 },
        { currency: 'USD', count: 2, amount: 511990 },
      ],
      bytes: bytes.length,
      checksum: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('carries what looks like a formula unchanged, for the agency reads data', async () => {
    const { text } = await written(csv, [record('A-1', '=1+1', 100)]);
    expect(text).toContain('D,A-1,=1+1,1.00');
  });

  it.each([['line\nbreak'], ['carriage\rreturn'], ['nul\u0000'], ['separator\u2028'], ['half\ud800']])(
    'refuses %j instead of altering it',
    async (name) => {
      await expect(written(csv, [record('A-1', 'fine', 1), record('A-2', name, 1)])).rejects.toThrow(
        /Line 3, column Name/,
      );
    },
  );

  it('does not repeat a refused value, which may be personal', async () => {
    await expect(written(csv, [record('A-1', 'Ada\n', 1)])).rejects.not.toThrow(/Ada/);
  });

  it('pads fixed-width columns and refuses what is too long', async () => {
    const fixed = fileFormat.parse({
      style: 'fixed-width',
      lineEnd: '\n',
      header: [{ name: 'Agency', value: 'agencyCode', type: 'text', width: 5 }],
      detail: [
        { name: 'Name', value: 'name', type: 'text', width: 6 },
        { name: 'Balance', value: 'amount', type: 'amount', width: 8, align: 'right', pad: '0' },
      ],
      trailer: [{ name: 'Count', value: 'count', type: 'number', width: 4, align: 'right', pad: '0' }],
    });
    expect((await written(fixed, [record('A', 'Ada', 1234)])).text).toBe('HARM  \nDAda   00012.34\nT0001\n');
    await expect(written(fixed, [record('A', 'Lovelace', 1)])).rejects.toThrow(
      'Line 2, column Name: the value has 8 characters, the column 6',
    );
  });

  it('needs widths for fixed-width columns', () => {
    expect(fileFormat.safeParse({ ...csv, style: 'fixed-width' }).success).toBe(false);
  });

  it('gives the same bytes for the same rows, in chunks that stay small', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => record(`A-${n}`, `Name ${n}`, n));
    const file = encodeFile(csv, { agencyCode: 'ARM' }, rows);
    let largest = 0;
    for await (const chunk of file.chunks) largest = Math.max(largest, chunk.length);
    expect(largest).toBeLessThan(80_000);
    const again = await written(csv, rows);
    expect(again.summary).toEqual(file.summary());
    expect(sameContent(again.summary, file.summary())).toBe(true);
    expect(sameContent(again.summary, { ...file.summary(), rows: 1 })).toBe(false);
    expect(sameContent(again.summary, { ...file.summary(), checksum: '0'.repeat(64) })).toBe(false);
  });
});
