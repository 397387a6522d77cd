import { describe, expect, it } from '@jest/globals';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { z } from 'zod';
import { sql, type RawBuilder } from '../database/database.js';
import { anyOf, containsText, contentRange, defineList, filterOf } from './list-query.js';
import { DomainError } from './problem.js';

const list = defineList({
  filters: {
    q: filterOf(z.string().max(100), (text) => containsText(text, [sql`a.name`])),
    id: anyOf(z.guid(), sql`a.id`, 'uuid'),
    asOf: filterOf(z.iso.date()),
  },
  sorts: { number: sql`a.number`, name: sql`a.name` },
  defaultSort: ['number', 'ASC'],
  tieBreaker: sql`a.id`,
});

const dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const compiler = new Kysely<unknown>({ dialect });

function compiled(fragment: RawBuilder<unknown>): { sql: string; parameters: readonly unknown[] } {
  const { sql: text, parameters } = fragment.compile(compiler);
  return { sql: text, parameters };
}

function refused(query: Record<string, string>): DomainError {
  try {
    list.parse(query);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a list query', () => {
  it('without parameters gives the first 25 rows in the default order with a tie-breaker', () => {
    const query = list.parse({});
    expect(compiled(query.where).sql).toBe('TRUE');
    expect(compiled(query.orderBy).sql).toBe('ORDER BY a.number ASC, a.id ASC');
    expect(compiled(query.limit)).toEqual({ sql: 'LIMIT $1 OFFSET $2', parameters: [25, 0] });
  });

  it('turns filter, sort and range into SQL with values as parameters', () => {
    const query = list.parse({
      filter: '{"q":"O\'Hara","asOf":"2013-06-30"}',
      sort: '["name","DESC"]',
      range: '[50,99]',
    });
    expect(compiled(query.where)).toEqual({ sql: '((a.name ILIKE $1))', parameters: ["%O'Hara%"] });
    expect(compiled(query.orderBy).sql).toBe('ORDER BY a.name DESC, a.id DESC');
    expect(compiled(query.limit).parameters).toEqual([50, 50]);
    expect(query.values.asOf).toBe('2013-06-30');
  });

  it('sorted by an amount stands by currency first, whichever the direction', () => {
    const { definition } = list;
    const amounts = { currency: sql`a.currency`, sorts: ['balance'] };
    const money = defineList({ ...definition, sorts: { ...definition.sorts, balance: sql`a.balance` }, amounts });
    const order = (sort: string): string => compiled(money.parse({ sort }).orderBy).sql;
    expect(order('["balance","DESC"]')).toBe('ORDER BY a.currency, a.balance DESC, a.id DESC');
    expect(order('["balance","ASC"]')).toBe('ORDER BY a.currency, a.balance ASC, a.id ASC');
    expect(order('["name","DESC"]')).toBe('ORDER BY a.name DESC, a.id DESC');
  });

  it('looks for text as it was typed: wildcards of LIKE mean themselves', () => {
    const search = compiled(containsText(String.raw`50%_a\b`, [sql`a.name`, sql`a.number`]));
    const pattern = String.raw`%50\%\_a\\b%`;
    expect(search).toEqual({ sql: '(a.name ILIKE $1 OR a.number ILIKE $2)', parameters: [pattern, pattern] });
  });

  it('takes one id or the list that getMany sends', () => {
    const id = '0190b0a0-0000-7000-8000-000000000001';
    const expected = { sql: '(a.id = ANY($1::uuid[]))', parameters: [[id]] };
    expect(compiled(list.parse({ filter: JSON.stringify({ id }) }).where)).toEqual(expected);
    expect(compiled(list.parse({ filter: JSON.stringify({ id: [id] }) }).where)).toEqual(expected);
  });

  it('refuses an unknown filter and names those that there are', () => {
    const error = refused({ filter: '{"salary":1}' });
    expect(error).toMatchObject({ kind: 'malformed', code: 'unknown-filter' });
    expect(error.errors).toEqual([
      { field: 'filter.salary', message: 'is not a filter of this list', expected: 'q | id | asOf' },
    ]);
  });

  it('refuses a sort that is not listed, even one that is SQL', () => {
    const error = refused({ sort: '["name; DROP TABLE a","ASC"]' });
    expect(error.code).toBe('unknown-sort');
    expect(error.message).toContain('number, name');
    expect(refused({ sort: '["name","SIDEWAYS"]' }).code).toBe('unknown-sort');
    expect(refused({ sort: '["constructor","ASC"]' }).code).toBe('unknown-sort');
  });

  it.each(['[0,1000]', '[10,5]', '[-1,5]', '[0]', '"all"', '[0.5,3]'])('refuses the range %s', (range) => {
    expect(refused({ range }).code).toBe('bad-range');
  });

  it('refuses what is not JSON, a wrong value with its path, and an unknown parameter', () => {
    expect(refused({ filter: '{q:1}' }).errors[0]).toMatchObject({ field: 'filter', message: 'is not JSON' });
    expect(refused({ filter: '{"q":5}' }).errors[0]).toMatchObject({ field: 'filter.q', expected: 'string' });
    expect(refused({ filter: '[]' }).code).toBe('invalid-input');
    expect(refused({ page: '2' }).code).toBe('unknown-parameter');
  });
});

describe('Content-Range', () => {
  it('counts from 0, both ends included, and says so of an empty page', () => {
    expect(contentRange('accounts', 0, 25, 319)).toBe('accounts 0-24/319');
    expect(contentRange('accounts', 400, 0, 319)).toBe('accounts */319');
  });
});
