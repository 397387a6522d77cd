import { stringify } from 'csv-stringify/sync';

const rowsAtOnce = 500;

/**
 * CSV for people's spreadsheets as RFC 4180 has it, some hundred rows a chunk; text that a spreadsheet would take for a
 * formula is made plain text (S13).
 */
export async function* csvLines(
  heading: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<string, void> {
  let waiting: (readonly string[])[] = [heading];
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < rowsAtOnce) continue;
    yield written(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield written(waiting);
}

function written(rows: readonly (readonly string[])[]): string {
  return stringify([...rows], { escape_formulas: true, record_delimiter: 'windows' });
}
