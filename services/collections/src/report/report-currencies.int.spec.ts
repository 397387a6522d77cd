import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Test } from 'supertest';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { seedBooks } from '../testing/seed-books.js';
import type { ReportRow } from './report.query.js';

/** What the accounts owe: 10.00 to 200.00 USD, and 10.00 and 20.00 EUR. */
const dollars = Array.from({ length: 20 }, (_, index) => ['USD', (index + 1) * 1000] as const);
const euros = [
  ['EUR', 1000],
  ['EUR', 2000],
] as const;

describe('A report in several currencies', () => {
  let service: CollectionsUnderTest;
  let token: string;
  const get = (path: string, query: Record<string, string> = {}): Test =>
    request(service.app.getHttpServer()).get(`/api/collections/${path}`).query(query).set('Authorization', token);
  const page = async (sort: string, range: string): Promise<ReportRow[]> =>
    (await get('report', { sort, range }).expect(200)).body;

  beforeAll(async () => {
    service = await collectionsUnderTest({ runner: false });
    token = await service.bearer({ role: 'supervisor' });
    await seedBooks(service.orm.em.fork(), dollars.length);
  });
  afterAll(() => service.stop());

  it.each([
    ['balance', 'DESC', [...euros.toReversed(), ...dollars.toReversed()]],
    ['balance', 'ASC', [...euros, ...dollars]],
    ['daysOver120', 'DESC', [...euros.toReversed(), ...dollars.toReversed()]],
  ])('sorted by %s, %s, compares amounts within a currency only', async (name, direction, expected) => {
    const sort = JSON.stringify([name, direction]);
    const shown = [...(await page(sort, '[0,9]')), ...(await page(sort, '[10,99]'))];
    expect(shown.map(({ currency, balance }) => [currency, balance])).toEqual(expected);
    const { text } = await get('report/export', { sort, format: 'csv' }).expect(200);
    const exported = text.trim().split('\n').slice(1);
    expect(exported.map((line) => line.split(',')[0])).toEqual(shown.map(({ accountNumber }) => accountNumber));
  });

  it('sorted by something else doesn’t part the currencies', async () => {
    const numbers = (await page('["accountNumber","ASC"]', '[0,99]')).map(({ accountNumber }) => accountNumber);
    expect(numbers).toEqual(numbers.toSorted());
  });

  it('says so in the description of the API', async () => {
    const { body } = await get('openapi.json').expect(200);
    const described = (path: string): string =>
      body.paths[path].get.parameters.find(({ name }: { name: string }) => name === 'sort').description;
    for (const path of ['/api/collections/report', '/api/collections/report/export'])
      expect(described(path)).toContain('by balance, credit, current,');
    expect(described('/api/collections/flags')).not.toContain('currency');
  });
});
