import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';

let ledger: AgencyLedger;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

const accountId = '01a22168-6a4c-7dd9-b1e8-e5a53ae4bb01';

describe('a text that is blank, of several lines or with control characters', () => {
  it.each([
    ['offices', 'name', { code: 'NEW', currency: 'USD', timeZone: 'UTC' }],
    ['payers', 'name', { code: 'NEW', type: 'generic' }],
    ['service-types', 'name', { code: 'new' }],
    ['cancellation-reasons', 'name', { code: 'new' }],
    ['subscriptions', 'number', { accountId, serviceTypeCode: 'service', startedOn: '2026-01-01' }],
    ['payer-invoices', 'number', { accountId, payerCode: 'AGENCY' }],
  ])('names nothing: it is refused to POST %s as %s', async (path, field, body) => {
    for (const bad of [' ', 'one\ntwo', 'bell\u0007']) {
      const refused = (await ledger.admin.post(path, { ...body, [field]: bad }, 400)).body;
      expect(refused).toMatchObject({ code: 'invalid-input', errors: [{ field }] });
    }
  });
});
