import type { Pool } from 'pg';
import { sql, type RawBuilder } from 'kysely';

const mark = '/* prepared */';
/** Texts beyond this are planned each time, so that a text made of its values can't fill a connection's memory. */
const namesMax = 200;
const names = new Map<string, string>();

/**
 * As `sql`, for a statement that is planned once a connection instead of each time: one of a single command, that finds
 * rows by key, so that its plan doesn't depend on its values, or what every batch of messages asks of small tables by key.
 * Never for other sets, nor for a text that differs by its values.
 */
export function prepared(text: TemplateStringsArray, ...values: readonly unknown[]): RawBuilder<unknown> {
  return sql`${sql.raw(mark)} ${sql(text, ...values)}`;
}

/** Gives each text that is marked as prepared a name, by which pg and the server keep it for the connection's life. */
export function keepPlans(pool: Pool): void {
  pool.on('connect', (client) => {
    const { query } = client;
    Object.assign(client, { query: (...given: unknown[]): unknown => Reflect.apply(query, client, named(given)) });
  });
}

function named([text, values, ...more]: unknown[]): unknown[] {
  const name = typeof text === 'string' && text.startsWith(mark) ? nameOf(text) : undefined;
  return name === undefined ? [text, values, ...more] : [{ name, text, values }, ...more];
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= namesMax) return known;
  const name = `recoup-${names.size + 1}`;
  names.set(text, name);
  return name;
}
