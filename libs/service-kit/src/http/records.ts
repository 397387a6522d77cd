import { row, sql, type Db, type RawBuilder } from '../database/database.js';
import { officeScope, type Actor } from '../identity/actor.js';
import { listAnswer, type Answer } from './answer.js';
import { selectPage, type ListFilter, type ListQuery } from './list-query.js';
import { notFound } from './problem.js';

type AnyQuery = ListQuery<Record<string, ListFilter<unknown>>>;

/** What is shown of one kind of thing, as SQL. */
export interface RecordsParts {
  /** Its name in paths and in `Content-Range`, such as `bill-lines`. */
  readonly name: string;
  /** What one of them is called, such as `bill line`. */
  readonly entity: string;
  /** Columns by the names of the view; a function where they depend on who looks. */
  readonly columns: RawBuilder<unknown> | ((actor: Actor) => RawBuilder<unknown>);
  readonly from: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
  /** The column with the code of its office, which narrows every read (S3); null for what belongs to none. */
  readonly office: RawBuilder<unknown> | null;
  /** What all of them have in common, where the tables hold others too. */
  readonly where?: RawBuilder<unknown>;
}

/** Reads of a kind of thing; each is narrowed to the actor's offices. */
export interface Records<V> {
  /** A page of a list with `Content-Range`. */
  page(db: Db, query: AnyQuery, actor: Actor): Promise<Answer<V[]>>;
  /** One by its id. @throws DomainError 404 */
  one(db: Db, id: string, actor: Actor): Promise<V>;
}

/** The reads that every list and every record have in common. `V` is what the columns make of a row. */
export function defineRecords<V>({ name, entity, columns, from, id, office, where }: RecordsParts): Records<V> {
  const columnsFor = (actor: Actor): RawBuilder<unknown> => (typeof columns === 'function' ? columns(actor) : columns);
  const scopeOf = (actor: Actor): RawBuilder<unknown> =>
    sql`${where ?? sql`TRUE`} AND ${office ? officeScope(actor, office) : sql`TRUE`}`;
  return {
    async page(db, query, actor) {
      const parts = { columns: columnsFor(actor), from, scope: scopeOf(actor) };
      return listAnswer(name, query.from, await selectPage<V>(db, query, parts));
    },
    async one(db, given, actor) {
      const found = await row<V>(
        db,
        sql`SELECT ${columnsFor(actor)} FROM ${from} WHERE ${id} = ${given} AND ${scopeOf(actor)}`,
      );
      if (!found) throw notFound(entity);
      return found;
    },
  };
}
