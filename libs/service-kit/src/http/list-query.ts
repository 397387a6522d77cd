import { z } from 'zod';
import { rows, sql, type Db, type RawBuilder } from '../database/database.js';
import { checkFilter, knownParameters, readFilter, readRange, readSort, type Sort } from './list-parameters.js';

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
  readonly defaultSort: Sort;
  /**
   * The sorts that are amounts, and the currency that a row's amounts are in. Sorted by one of them, rows stand by currency
   * first, in order of its code whichever the direction: an amount of one currency is neither more nor less than one of another.
   */
  readonly amounts?: { readonly currency: RawBuilder<unknown>; readonly sorts: readonly string[] };
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
  readonly sort: Sort;
  readonly from: number;
  readonly rowsMax: number;
}

export interface List<F extends Filters> {
  readonly definition: ListDefinition<F>;
  /**
   * Checks a filter object that came another way than by the query string, such as with a selection.
   * @param where where in the request it stands
   * @throws DomainError 400 as `parse`
   */
  filter(value: unknown, where: string): ValuesOf<F>;
  /**
   * Reads `filter`, `range` and `sort` of a query string.
   * @param also names of further query parameters that the route reads itself
   * @throws DomainError 400 that names what is allowed (S25)
   */
  parse(query: unknown, also?: readonly string[]): ListQuery<F>;
  /** The condition that already checked filter values stand for. */
  where(values: ValuesOf<F>): RawBuilder<unknown>;
}

/** The request of a list, for the parameter that `@ListParam` fills: `QueryOf<typeof accountList>`. */
export type QueryOf<L> = L extends List<infer F> ? ListQuery<F> : never;

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

/**
 * Text anywhere in one of the columns, without regard to case. What a person typed is no pattern: the wildcards of LIKE
 * lose their meaning.
 */
export function containsText(text: string, columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const matches = columns.map((column) => sql`${column} ILIKE ${pattern}`);
  return sql`(${sql.join(matches, sql` OR `)})`;
}

/** A list in the manner of react-admin's simple-rest provider: `?filter={}&range=[0,24]&sort=["name","ASC"]`. */
export function defineList<F extends Filters>(definition: ListDefinition<F>): List<F> {
  const shape = Object.fromEntries(
    Object.entries(definition.filters).map(([name, { schema }]) => [name, schema.optional()]),
  );
  const filterSchema = z.strictObject(shape) as z.ZodType<ValuesOf<F>>;
  const where = (values: ValuesOf<F>): RawBuilder<unknown> => conditions(definition.filters, values);
  const names = Object.keys(definition.filters);
  return {
    definition,
    filter: (value, place) => checkFilter(value, filterSchema, names, place),
    where,
    parse(query, also = []) {
      const parameters = knownParameters(query, also);
      const values = readFilter(parameters['filter'], filterSchema, names);
      const sort = readSort(parameters['sort'], Object.keys(definition.sorts), definition.defaultSort);
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

function orderBy<F extends Filters>(definition: ListDefinition<F>, [name, direction]: Sort): RawBuilder<unknown> {
  const { sorts, amounts, tieBreaker } = definition;
  const column = sorts[name];
  if (!column) throw new Error(`The default sort ${name} is not among the sorts`);
  const order = sql.raw(direction);
  const first = amounts?.sorts.includes(name) ? sql`${amounts.currency}, ` : sql``;
  return sql`ORDER BY ${first}${column} ${order}, ${tieBreaker} ${order}`;
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
