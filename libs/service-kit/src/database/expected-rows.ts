import { row, sql, type Db, type RawBuilder } from './database.js';

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly Plan: { readonly 'Plan Rows': number } }[];
}

/** How many rows a query would give, by the planner's statistics: no row is read to find out. */
export async function expectedRows(db: Db, query: RawBuilder<unknown>): Promise<number> {
  const explained = await row<Explained>(db, sql`EXPLAIN (FORMAT JSON) ${query}`);
  return explained?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}
