import { againstRule, rows, seesOffice, sql, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { findKind } from './kinds/find-kind.js';
import { readHeader, type HeaderProblem, type Mapping } from './mapping.js';
import { rowReader, type OfficeTerms } from './read-fields.js';
import type { CsvRecord, UnreadableRecord } from './read-records.js';
import { declaredSeparator, inWords, separatedBy } from './separator.js';

/** Reads the rows that stand under a header. */
export type RowReader = ReturnType<typeof rowReader>;

/**
 * The records without a first line that only says that commas separate them, `sep=,`, as Excel takes it.
 * @throws DomainError 422 `wrong-separator` where it says something else
 */
export function withoutDeclaration(records: readonly CsvRecord[]): readonly CsvRecord[] {
  const [first] = records;
  const declared = first && 'fields' in first ? declaredSeparator(first.fields) : undefined;
  if (first === undefined || declared === undefined) return records;
  if (declared === ',') return records.slice(1);
  throw againstRule(
    'wrong-separator',
    `Line ${first.line}, sep=${declared}, says that fields are separated by ${inWords(declared)}. ${byCommas}`,
  );
}

/**
 * Finds the mapping's columns in a file's header, and answers what reads the rows under it.
 * @throws DomainError 422 `bad-header`, `wrong-separator`, `missing-columns`, `repeated-columns`
 */
export async function headedReader(
  db: Db,
  header: CsvRecord | undefined,
  { mapping, actor }: { readonly mapping: Mapping; readonly actor: Actor },
  clock: Clock,
): Promise<RowReader> {
  if (!header || 'problem' in header)
    throw header?.separator ? wrongSeparator(header.separator, header.line) : unreadable(header);
  const found = readHeader(mapping, header.fields);
  if ('problem' in found) {
    const separator = separatedBy(header.fields, found.names);
    throw separator ? wrongSeparator(separator, header.line) : headerRefusal(found, header.line);
  }
  const terms = await officeTerms(db, actor, clock);
  return rowReader(
    (fields) => findKind(mapping).read(fields),
    mapping,
    found,
    (code) => terms.get(code),
  );
}

function unreadable(header: UnreadableRecord | undefined): Error {
  return againstRule('bad-header', `The header, line ${header?.line ?? 1}, ${header?.problem ?? 'is missing'}.`);
}

const byCommas = 'Fields must be separated by commas, and those that hold a comma stand in double quotes.';

function wrongSeparator(separator: string, line: number): Error {
  return againstRule('wrong-separator', `The header, line ${line}, is separated by ${inWords(separator)}. ${byCommas}`);
}

function headerRefusal({ problem, names }: HeaderProblem, line: number): Error {
  const list = names.join(', ');
  const sentence = problem === 'missing-columns' ? `lacks ${list}` : `names ${list} more than once`;
  const errors = names.map((name) => ({
    field: name,
    message: problem === 'missing-columns' ? 'is missing' : 'is repeated',
    expected: 'each column once, named exactly so',
  }));
  return againstRule(problem, `The header, line ${line}, ${sentence}. Column names are compared exactly.`, errors);
}

/** Currency and today of every office that the actor may book to. */
async function officeTerms(db: Db, actor: Actor, clock: Clock): Promise<Map<string, OfficeTerms>> {
  const offices = await rows<{ code: string; currency: string; timeZone: string }>(
    db,
    sql`SELECT code, currency, time_zone AS "timeZone" FROM offices`,
  );
  const own = offices.filter(({ code }) => seesOffice(actor, code));
  return new Map(own.map(({ code, currency, timeZone }) => [code, { currency, today: clock.today(timeZone) }]));
}
