import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contradictions, routesOf } from '@recoup/service-kit/testing/role-matrix';
import { ledgerOverHttp, type LedgerOverHttp } from './testing/ledger-over-http.js';

let ledger: LedgerOverHttp;
beforeAll(async () => {
  ledger = await ledgerOverHttp();
});
afterAll(() => ledger.stop());

describe('the ledger’s routes', () => {
  it('answer each role as the role table says, and nobody without a token', async () => {
    expect(routesOf(ledger.service.app).length).toBeGreaterThan(60);
    expect(await contradictions(ledger.service, 'ledger')).toEqual([]);
  });

  it('are described with what they take and answer', async () => {
    const { paths } = (await ledger.get('openapi.json')).body;
    for (const path of ['write-off-settings', 'adjustments', 'subscriptions/{id}/roll-back', 'freezes/{id}/roll-back'])
      expect(Object.keys(paths)).toContain(`/api/ledger/${path}`);
    const body = paths['/api/ledger/payments/{id}/return'].post.requestBody;
    expect(JSON.stringify(body)).toContain('nsfFee');
  });
});
