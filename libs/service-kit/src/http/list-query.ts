import { z } from 'zod';
import { rows, sql, type Db, type RawBuilder } from '../database/database.js';
import { malformed, malformedInput, type FieldProblem } from './problem.js';

/** A filter that a list knows: what its value must be, and the condition that the value stands for. */
export interface ListFilter<T> {
  readonly schema: z.ZodType<T>;
  /** Absent where the list's owner reads the value from `values` instead (an as-of date, a snapshot). */
  where?(value: T): RawBuilder<unknown>;
}

type Filters = Record<string, ListFilter<unknown>>;
type ValuesOf<F extends Filters> = { readonly [K in keyof F]?: F[K] extends ListFilter<infer T> ? T : never };

export interface ListDefinition<F extends Filters> {
  readonly filters: F;
  /** SQL expression by the name that `sort` may use. */
  readonly sorts: Readonly<Record<string, RawBuilder<unknown>>>;
  readonly defaultSort: readonly [name: string, direction: 'ASC' | 'DESC'];
  /** A unique column that makes the order total, so that pages neither repeat nor skip a row. */
  readonly tieBreaker: RawBuilder<unknown>;
  /** Most rows of one page; 1,000 unless told. */
  readonly rangeMax?: number;
}

/** One request of a list, as SQL fragments and as values. `from` counts from 0. */
export interface ListQuery<F extends Filters> {
  readonly values: ValuesOf<F>;
  readonly where: RawBuilder<unknown>;
  readonly orderBy: RawBuilder<unknown>;
  readonly limit: RawBuilder<unknown>;
  readonly sort: readonly [name: string, direction: 'ASC' | 'DESC'];
  readonly from: number;
  readonly rowsMax: number;
}

export interface List<F extends Filters> {
  readonly definition: ListDefinition<F>;
  /** Strict schema of the filter object; other requests that carry a filter (a selection) use it too. */
  readonly filterSchema: z.ZodType<ValuesOf<F>>;
  /**
   * Reads `filter`, `range` and `sort` of a query string.
   * @param also names of further query parameters that the route reads itself
   * @throws DomainError 400 that names what is allowed (S25)
   */
  parse(query: unknown, also?: readonly string[]): ListQuery<F>;
  /** The condition that already checked filter values stand for. */
  where(values: ValuesOf<F>): RawBuilder<unknown>;
}

/** Declares a filter; leave `where` out for one that the list's owner interprets. */
export function filterOf<T>(schema: z.ZodType<T>, where?: (value: T) => RawBuilder<unknown>): ListFilter<T> {
  return where ? { schema, where } : { schema };
}

const manyMax = 1000;

/** A filter on a column that takes one value or a list of at most 1,000, as getMany sends `{"id":[…]}`. */
export function anyOf<T>(
  schema: z.ZodType<T>,
  column: RawBuilder<unknown>,
  type: 'text' | 'uuid' | 'bigint' = 'text',
): ListFilter<T | T[]> {
  return filterOf(z.union([schema, z.array(schema).max(manyMax)]), (value) => {
    const list = Array.isArray(value) ? value : [value];
    return sql`${column} = ANY(${list}::${sql.raw(type)}[])`;
  });
}

/** A list in the manner of react-admin's simple-rest provider: `?filter={}&range=[0,24]&sort=["name","ASC"]`. */
export function defineList<F extends Filters>(definition: ListDefinition<F>): List<F> {
  const shape = Object.fromEntries(
    Object.entries(definition.filters).map(([name, { schema }]) => [name, schema.optional()]),
  );
  const filterSchema = z.strictObject(shape) as z.ZodType<ValuesOf<F>>;
  const where = (values: ValuesOf<F>): RawBuilder<unknown> => conditions(definition.filters, values);
  return {
    definition,
    filterSchema,
    where,
    parse(query, also = []) {
      const parameters = knownParameters(query, also);
      const values = readFilter(parameters['filter'], filterSchema, Object.keys(definition.filters));
      const sort = readSort(parameters['sort'], definition);
      const [from, to] = readRange(parameters['range'], definition.rangeMax ?? manyMax);
      const rowsMax = to - from + 1;
      return {
        values,
        where: where(values),
        orderBy: orderBy(definition, sort),
        limit: sql`LIMIT ${rowsMax} OFFSET ${from}`,
        sort,
        from,
        rowsMax,
      };
    },
  };
}

function conditions<F extends Filters>(filters: F, values: ValuesOf<F>): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const value: unknown = values[name];
    if (value !== undefined && filter.where) parts.push(sql`(${filter.where(value)})`);
  }
  return parts.length === 0 ? sql`TRUE` : sql.join(parts, sql` AND `);
}

function orderBy<F extends Filters>(
  definition: ListDefinition<F>,
  [name, direction]: ListQuery<F>['sort'],
): RawBuilder<unknown> {
  const column = definition.sorts[name];
  if (!column) throw new Error(`The default sort ${name} is not among the sorts`);
  const order = sql.raw(direction);
  return sql`ORDER BY ${column} ${order}, ${definition.tieBreaker} ${order}`;
}

/** A page of rows with the number of all that match. `scope` is the actor's narrowing (`officeScope`). */
export async function selectPage<T>(
  db: Db,
  query: ListQuery<Filters>,
  parts: {
    readonly columns: RawBuilder<unknown>;
    readonly from: RawBuilder<unknown>;
    readonly scope: RawBuilder<unknown>;
  },
): Promise<{ rows: T[]; total: number }> {
  const matching = sql`FROM ${parts.from} WHERE (${parts.scope}) AND (${query.where})`;
  const page = await rows<T>(db, sql`SELECT ${parts.columns} ${matching} ${query.orderBy} ${query.limit}`);
  const [count] = await rows<{ total: number }>(db, sql`SELECT count(*) AS total ${matching}`);
  return { rows: page, total: count?.total ?? 0 };
}

/** The value of `Content-Range`: `accounts 0-24/319`, or `accounts * /0` (without the space) for an empty page. */
export function contentRange(resource: string, from: number, count: number, total: number): string {
  return count === 0 ? `${resource} */${total}` : `${resource} ${from}-${from + count - 1}/${total}`;
}

const listParameters = ['filter', 'range', 'sort'];

function knownParameters(query: unknown, also: readonly string[]): Record<string, unknown> {
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

function readFilter<T>(text: unknown, schema: z.ZodType<T>, names: string[]): T {
  const value = json('filter', text, '{"q":"Smith"}') ?? {};
  const unknown =
    typeof value === 'object' && value !== null ? Object.keys(value).filter((name) => !names.includes(name)) : [];
  if (unknown.length > 0) {
    const errors = unknown.map((name) => ({
      field: `filter.${name}`,
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
  if (!result.success) throw malformedInput(result.error.issues, 'filter');
  return result.data;
}

const sortSchema = z.tuple([z.string(), z.enum(['ASC', 'DESC'])]);

function readSort<F extends Filters>(text: unknown, definition: ListDefinition<F>): ListQuery<F>['sort'] {
  const value = json('sort', text, '["name","ASC"]');
  if (value === undefined) return definition.defaultSort;
  const result = sortSchema.safeParse(value);
  const names = Object.keys(definition.sorts);
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

function readRange(text: unknown, rowsMax: number): readonly [number, number] {
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
