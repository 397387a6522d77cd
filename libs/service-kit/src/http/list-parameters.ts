import { z } from 'zod';
import { malformed, malformedInput, type FieldProblem } from './problem.js';

/** What a list is sorted by. */
export type Sort = readonly [name: string, direction: 'ASC' | 'DESC'];

const listParameters = ['filter', 'range', 'sort'];

/** The query parameters, none of which may be unknown. */
export function knownParameters(query: unknown, also: readonly string[]): Record<string, unknown> {
  const parameters: Record<string, unknown> = { ...(typeof query === 'object' ? query : {}) };
  const known = [...listParameters, ...also];
  const errors: FieldProblem[] = Object.keys(parameters)
    .filter((name) => !known.includes(name))
    .map((name) => ({ field: name, message: 'is not a known query parameter', expected: known.join(' | ') }));
  if (errors.length > 0)
    throw malformed(`A list takes the query parameters ${known.join(', ')}.`, errors, 'unknown-parameter');
  return parameters;
}

function json(name: string, text: unknown, example: string): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    if (typeof text === 'string') return JSON.parse(text);
  } catch {
    // Falls through to the refusal, which shows what would be right.
  }
  throw malformed(`${name} must be JSON such as ${example}.`, [
    { field: name, message: 'is not JSON', expected: example },
  ]);
}

/** The filter of a query string, as `checkFilter` has it. */
export function readFilter<T>(text: unknown, schema: z.ZodType<T>, names: string[]): T {
  return checkFilter(json('filter', text, '{"q":"Smith"}') ?? {}, schema, names, 'filter');
}

/**
 * A filter object, each value checked; `names` are those that the list knows.
 * @param where where in the request it stands, such as `selection.filter`
 */
export function checkFilter<T>(value: unknown, schema: z.ZodType<T>, names: string[], where: string): T {
  const unknown =
    typeof value === 'object' && value !== null ? Object.keys(value).filter((name) => !names.includes(name)) : [];
  if (unknown.length > 0) {
    const errors = unknown.map((name) => ({
      field: `${where}.${name}`,
      message: 'is not a filter of this list',
      expected: names.join(' | '),
    }));
    throw malformed(
      `This list filters by ${names.join(', ')}; not by ${unknown.join(', ')}.`,
      errors,
      'unknown-filter',
    );
  }
  const result = schema.safeParse(value);
  if (!result.success) throw malformedInput(result.error.issues, where);
  return result.data;
}

const sortSchema = z.tuple([z.string(), z.enum(['ASC', 'DESC'])]);

/** Name and direction, of the names that the list knows. */
export function readSort(text: unknown, names: readonly string[], defaultSort: Sort): Sort {
  const value = json('sort', text, '["name","ASC"]');
  if (value === undefined) return defaultSort;
  const result = sortSchema.safeParse(value);
  if (result.success && names.includes(result.data[0])) return result.data;
  const expected = `[name, "ASC" | "DESC"] with a name of ${names.join(' | ')}`;
  throw malformed(
    `This list sorts by ${names.join(', ')}, each ASC or DESC.`,
    [{ field: 'sort', message: 'is not a sort of this list', expected }],
    'unknown-sort',
  );
}

const rangeSchema = z.tuple([z.int().min(0).max(1e9), z.int().min(0).max(1e9)]);
const defaultRange = [0, 24] as const;

/** First and last row, counted from 0, both included; 25 rows unless asked otherwise. */
export function readRange(text: unknown, rowsMax: number): readonly [number, number] {
  const value = json('range', text, '[0,24]');
  if (value === undefined) return defaultRange;
  const result = rangeSchema.safeParse(value);
  const expected = `[from, to], counted from 0, both included, at most ${rowsMax} rows`;
  if (result.success && result.data[1] >= result.data[0] && result.data[1] - result.data[0] < rowsMax)
    return result.data;
  throw malformed(
    `range must be ${expected}.`,
    [{ field: 'range', message: 'is not a usable range', expected }],
    'bad-range',
  );
}
