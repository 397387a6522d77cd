import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readRecords, type CsvRecord } from './read-records.js';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function read(content: string | Buffer, size = 7, batch = 3): Promise<CsvRecord[]> {
  const found: CsvRecord[] = [];
  for await (const records of readRecords(pieces(Buffer.from(content), size), batch)) found.push(...records);
  return found;
}

describe('reading records', () => {
  it('takes quotes, line ends in quotes, blank lines, a byte order mark and a missing last line end', async () => {
    expect(await read('\ufeff"a",b\r\n1,"x\r\ny"\r\n\r\n2,"say ""hi"""\n3,z')).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['1', 'x\r\ny'] },
      { line: 5, fields: ['2', 'say "hi"'] },
      { line: 6, fields: ['3', 'z'] },
    ]);
  });

  it('loses one record to a quote that is never closed, not the rest of the file', async () => {
    const found = await read('a,b\n1,"2\n3,4\n5,"6"\n7,8\n');
    expect(found).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, problem: expect.stringContaining('quote') },
      { line: 3, fields: ['3', '4'] },
      { line: 4, fields: ['5', '6'] },
      { line: 5, fields: ['7', '8'] },
    ]);
  });

  it('says of a record alone that its quotes are wrong, its bytes no UTF-8, or that it is too long', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`"q"z,1\n${'x'.repeat(70_000)}\nlast\n`),
    ]);
    expect(await read(bytes, 1000)).toEqual([
      { line: 1, fields: ['a'] },
      { line: 2, problem: 'is not UTF-8' },
      { line: 3, problem: expect.stringContaining('quote') },
      { line: 4, problem: expect.stringContaining('longer') },
      { line: 5, fields: ['last'] },
    ]);
  });

  it('says of a record whose quoted fields are not separated by commas by what they are', async () => {
    expect(await read('"a, ""b""";"c"\n"d"\t"e"\n')).toEqual([
      { line: 1, problem: 'is separated by semicolons; it must be by commas', separator: ';' },
      { line: 2, problem: 'is separated by tabs; it must be by commas', separator: '\t' },
    ]);
  });

  it('gives back what was written, with the right lines, however the bytes are cut', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'ñ', ' '), maxLength: 6 });
    const record = fc.array(field, { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        async (records, size) => {
          const written = records.map((fields) => fields.map((each) => `"${each.replaceAll('"', '""')}"`).join(','));
          let line = 1;
          const expected = records.map((fields, index) => {
            const start = line;
            line += written[index]?.split('\n').length ?? 1;
            return { line: start, fields };
          });
          expect(await read(written.join('\n'), size)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});
