import { describe, expect, it } from '@jest/globals';
import { csvLines } from './csv-lines.js';

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  for (const value of values) yield value;
}

async function fileOf(rows: readonly string[][]): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of csvLines(['name', 'amount'], each(rows))) chunks.push(chunk);
  return chunks;
}

describe('CSV for spreadsheets', () => {
  it('quotes what needs it', async () => {
    expect(await fileOf([['Ann "A", Ltd', '1.00']])).toEqual(['name,amount\r\n"Ann ""A"", Ltd",1.00\r\n']);
    expect(await fileOf([])).toEqual(['name,amount\r\n']);
  });

  it('runs no formula, in whatever width its sign is written', async () => {
    const signs = ['=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20'];
    const [file = ''] = await fileOf(signs.map((sign) => [`${sign}1+1`, '1.00']));
    expect(file.split('\r\n').slice(1, -1)).toEqual(signs.map((sign) => `'${sign}1+1,1.00`));
  });

  it('comes in pieces that a connection can take, with no row twice or missing', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => [`N-${index}`, '1.00']);
    const chunks = await fileOf(rows);
    expect(chunks.length).toBe(3);
    expect(chunks.join('')).toBe(['name,amount', ...rows.map((row) => row.join()), ''].join('\r\n'));
  });
});
