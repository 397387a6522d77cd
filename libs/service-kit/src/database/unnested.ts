import { sql, type RawBuilder } from './database.js';

/** PostgreSQL's type of each column, by the field that fills it. */
export type ColumnTypes<T> = { readonly [F in keyof T & string]: 'bigint' | 'boolean' | 'date' | 'text' | 'uuid' };

/**
 * Rows as a table for FROM, `alias (columns)`, an array a column. Unlike rows read from JSON, which the planner takes for a
 * hundred whatever they are, it knows how many there are, and chooses joins by that.
 */
export function unnested<T extends object>(
  given: readonly T[],
  alias: string,
  types: ColumnTypes<T>,
): RawBuilder<unknown> {
  const columns = Object.keys(types) as (keyof T & string)[];
  const arrays = columns.map((column) => sql`${given.map((each) => each[column])}::${sql.raw(types[column])}[]`);
  return sql`unnest(${sql.join(arrays)}) AS ${sql.ref(alias)} (${sql.join(columns.map((column) => sql.ref(column)))})`;
}
