import { formatAmount } from '@recoup/contracts';
import { UnwritableValue, type FileColumn, type FileFormat, type FileRecord } from './file-format.js';

/** Writes one record as a line, without the line's end. `line` is only for the refusal. */
export type RecordEncoder = (record: FileRecord, line: number) => string;

/** Control characters, line and paragraph separators, and halves of surrogate pairs: no file carries them. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const unwritable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;

/**
 * The encoder of a kind of record: letter, then the columns. It refuses what the file can't carry as it is: control
 * characters, a value wider than its column, an amount or date that is none (S13). Formulas pass: agencies read data.
 */
export function recordEncoder(
  format: FileFormat,
  letter: 'H' | 'D' | 'T',
  columns: readonly FileColumn[],
): RecordEncoder {
  const fields = columns.map((column) => fieldEncoder(format, column));
  const separator = format.style === 'csv' ? format.delimiter : '';
  return (record, line) => {
    let text = letter;
    for (const field of fields) text += separator + field(record, line);
    return text;
  };
}

function fieldEncoder(format: FileFormat, column: FileColumn): RecordEncoder {
  const written = format.style === 'csv' ? csvField(format.delimiter) : fixedField(column);
  return (record, line) => {
    try {
      return written(valueText(column, record));
    } catch (error) {
      throw new UnwritableValue(column.name, line, error instanceof Error ? error.message : String(error));
    }
  };
}

/** The value as text; throws with what is wrong, never with the value, which may be personal. */
function valueText(column: FileColumn, record: FileRecord): string {
  const value = record[column.value];
  if (value === undefined) throw new Error(`the record has no field ${column.value}`);
  if (value === null) return '';
  switch (column.type) {
    case 'text': {
      const text = String(value);
      if (unwritable.test(text)) throw new Error('the value has a line break or control character');
      return text;
    }
    case 'number':
      if (!Number.isSafeInteger(value)) throw new Error('the value is not an integer');
      return String(value);
    case 'amount': {
      const currency = record['currency'];
      if (typeof value !== 'number' || !Number.isSafeInteger(value))
        throw new Error('the amount is not in minor units');
      if (typeof currency !== 'string') throw new Error('the amount has no currency beside it');
      return formatAmount(value, currency);
    }
    case 'date':
      if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new Error('the value is not a date');
      return value;
  }
}

function csvField(delimiter: string): (text: string) => string {
  return (text) =>
    text.includes(delimiter) || text.includes('"') || text.startsWith(' ') || text.endsWith(' ')
      ? `"${text.replaceAll('"', '""')}"`
      : text;
}

function fixedField({ width = 0, align, pad }: FileColumn): (text: string) => string {
  return (text) => {
    const length = [...text].length;
    if (length > width) throw new Error(`the value has ${length} characters, the column ${width}`);
    const padding = pad.repeat(width - length);
    return align === 'left' ? text + padding : padding + text;
  };
}
