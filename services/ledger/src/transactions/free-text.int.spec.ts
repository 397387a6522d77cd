import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';

interface Schema {
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

let ledger: LedgerOverHttp;
beforeAll(async () => {
  ledger = await ledgerOverHttp();
});
afterAll(() => ledger.stop());

/** Free text of a request, by its place: what is called so and is no choice of codes. */
function freeTexts(schema: Schema | undefined, place: string): [string, string | undefined][] {
  const own = Object.entries(schema?.properties ?? {}).flatMap(([name, member]): [string, string | undefined][] =>
    ['reason', 'reference', 'description'].includes(name) && !member.enum
      ? [[`${place}.${name}`, member.description]]
      : freeTexts(member, `${place}.${name}`),
  );
  return schema?.items ? [...own, ...freeTexts(schema.items, place)] : own;
}

describe('free text of the books', () => {
  it('is said by the description of the API to stay for ever, with nothing personal in it', async () => {
    const { paths } = (await ledger.get('openapi.json')).body;
    const found = Object.keys(paths).flatMap((path) =>
      freeTexts(paths[path].post?.requestBody?.content['application/json'].schema, path.replace('/api/ledger/', '')),
    );
    const [[, disputed] = []] = found.filter(([place]) => place === 'disputes.reason');
    expect(disputed).toMatch(/erased with the account/);
    const kept = found.filter(([place]) => place !== 'disputes.reason');
    expect(kept.map(([place]) => place).toSorted()).toEqual([
      'adjustments.reason',
      'agency-referrals.reference',
      'invoices.lines.description',
      'payments.reference',
      'payments/{id}/return.reason',
      'transactions/{id}/reverse.reason',
      'write-offs.reason',
    ]);
    for (const [place, description] of kept)
      expect(`${place}: ${description}`).toMatch(/nothing personal belongs here/);
  });
});
