import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: AgencyLedger;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

const payerOf = async (code: string) => (await ledger.get('payers', 200, { filter: JSON.stringify({ code }) })).body[0];

describe('payers', () => {
  it('are added and changed by administrators, and the bus is told', async () => {
    const made = await ledger.admin.post('payers', {
      code: 'PLAN-1',
      name: 'Plan',
      type: 'insurer',
      skipPolicyIdCheck: true,
    });
    expect(made.body).toMatchObject({ skipGroupNumberCheck: false, skipPolicyIdCheck: true, active: true, version: 1 });
    const put = { ...made.body, name: 'Plan One', active: false };
    const path = `payers/${made.body.id}`;
    expect((await ledger.admin.put(path, put, 200, { 'If-Match': made.headers['etag'] ?? '' })).body).toMatchObject({
      name: 'Plan One',
      active: false,
      version: 2,
    });
    await ledger.admin.put(path, put, 412, { 'If-Match': '"1"' });
    await ledger.admin.put(path, { ...put, type: 'generic', version: 2 }, 400);
    await ledger.put(path, put, 403);
    const told = (await outboxOf(ledger.db())).filter(({ subject }) => subject === made.body.id);
    expect(told).toMatchObject([
      { type: 'recoup.ledger.payer-defined.v1', sequence: 1, data: { name: 'Plan', type: 'insurer', active: true } },
      { type: 'recoup.ledger.payer-defined.v1', sequence: 2, data: { name: 'Plan One', active: false } },
    ]);
    expect((await ledger.admin.post('payers', { code: 'PLAN-1', name: 'x', type: 'insurer' }, 409)).body.code).toBe(
      'code-taken',
    );
  });

  it('of type Self there is one, which is neither made, renamed nor put out of use', async () => {
    const refused = await ledger.admin.post('payers', { code: 'ME', name: 'Me', type: 'self' }, 422);
    expect(refused.body).toMatchObject({
      code: 'self-payer',
      errors: [{ field: 'type', expected: 'insurer or generic' }],
    });
    const self = await payerOf('SELF');
    for (const change of [{ name: 'Me' }, { active: false }, { skipPolicyIdCheck: true }])
      expect((await ledger.admin.put(`payers/${self.id}`, { ...self, ...change }, 422)).body.code).toBe('self-payer');
    expect(await payerOf('SELF')).toEqual(self);
  });
});

describe('a payer of an account', () => {
  it('needs group number and policy id unless its rules skip them', async () => {
    const account = await ledger.account();
    const refused = await ledger.assign(account, 'INSURER', {}, 422);
    expect(refused.code).toBe('policy-id-missing');
    expect(refused.errors.map(({ field }: { field: string }) => field)).toEqual(['policyId', 'groupNumber']);
    expect((await ledger.assign(account, 'INSURER', { policyId: 'P-77' }, 422)).code).toBe('group-number-missing');
    expect((await ledger.assign(account, 'INSURER', { groupNumber: 'G' }, 422)).code).toBe('policy-id-missing');
    expect((await ledger.get('account-payers', 200, { filter: JSON.stringify({ accountId: account }) })).body).toEqual(
      [],
    );
    const insurer = await ledger.assign(account, 'INSURER', { policyId: 'P-77', groupNumber: 'G-88' });
    expect(insurer).toMatchObject({ payerType: 'insurer', policyId: 'P-77', groupNumber: 'G-88', active: true });
    expect(await ledger.assign(account, 'AGENCY')).toMatchObject({ payerType: 'generic', policyId: null });
    expect((await ledger.assign(account, 'AGENCY', {}, 409)).code).toBe('already-assigned');
    expect((await ledger.assign(account, 'NOBODY', {}, 422)).code).toBe('unknown-payer');
    expect((await ledger.assign(account, 'SELF', {}, 422)).code).toBe('self-payer');
    expect(await ledger.violations()).toEqual([]);
  });

  it('is edited and ended, then nothing is queued to it, and assigned again', async () => {
    const account = await ledger.account();
    const invoice = await ledger.invoice(account, 1_000);
    const made = await ledger.assign(account, 'INSURER', { policyId: 'P-77', groupNumber: 'G-88' });
    const path = `account-payers/${made.id}`;
    expect((await ledger.put(path, { ...made, policyId: null }, 422)).body.code).toBe('policy-id-missing');
    const ended = (await ledger.put(path, { ...made, active: false }, 200, { 'If-Match': '"1"' })).body;
    expect(ended).toMatchObject({ active: false, version: 2 });
    await ledger.put(path, { ...made, active: false }, 412, { 'If-Match': '"1"' });
    const [line] = await ledger.lines(invoice);
    expect((await ledger.queue(line.id, 'INSURER', {}, 422)).code).toBe('payer-not-assigned');
    const again = await ledger.assign(account, 'INSURER', { policyId: 'P-78', groupNumber: 'G-88' });
    expect(again).toMatchObject({ id: made.id, policyId: 'P-78', active: true });
    await ledger.queue(line.id, 'INSURER');
    const told = (await outboxOf(ledger.db())).filter(({ type }) => type === 'recoup.ledger.payer-assigned.v1');
    expect(told.slice(-3)).toMatchObject([
      { data: { active: true } },
      { data: { active: false } },
      { data: { active: true } },
    ]);
  });

  it('out of use is assigned to nobody', async () => {
    const other = await payerOf('OTHER');
    await ledger.admin.put(`payers/${other.id}`, { ...other, active: false });
    const account = await ledger.account();
    await ledger.invoice(account, 1_000);
    expect((await ledger.assign(account, 'OTHER', {}, 422)).code).toBe('payer-not-in-use');
    expect((await ledger.refer({ accountId: account }, { payerCode: 'OTHER' }, 422)).code).toBe('payer-not-in-use');
    await ledger.admin.put(`payers/${other.id}`, { ...other, active: true, version: 2 });
  });

  it('of another office is not there; auditors see identifiers masked, and no event or audit line holds them', async () => {
    const account = await ledger.account();
    const made = await ledger.assign(account, 'INSURER', { policyId: 'P-SECRET-42', groupNumber: 'G-SECRET-43' });
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'eve', offices: ['EU'] }));
    await elsewhere.get(`account-payers/${made.id}`, 404);
    await elsewhere.put(`account-payers/${made.id}`, made, 404);
    await elsewhere.post('account-payers', { accountId: account, payerCode: 'AGENCY' }, 404);
    expect((await elsewhere.get('account-payers')).body).toEqual([]);
    const auditor = ledger.as(await ledger.service.bearer({ role: 'auditor', user: 'otto' }));
    expect((await auditor.get(`account-payers/${made.id}`)).body).toMatchObject({
      policyId: '…42',
      groupNumber: '…43',
    });
    expect(JSON.stringify(await outboxOf(ledger.db()))).not.toContain('SECRET');
    expect(await rows(ledger.db(), sql`SELECT id FROM audit WHERE concat(before, after) LIKE '%SECRET%'`)).toEqual([]);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});

const balances = async (code: string, query: object = {}, status = 200) =>
  (await ledger.get(`payers/${(await payerOf(code)).id}/balance`, status, query)).body;
const closing = async (code: string) => {
  const query = { filter: JSON.stringify({ by: 'payer', q: code }) };
  const { body } = await ledger.get('trial-balance', 200, query);
  return body.map(({ currency, closing: balance }: { currency: string; closing: number }) => ({ currency, balance }));
};

describe('what a payer owes', () => {
  it('at the end of a day is what the trial balance says, in each currency', async () => {
    const [here, there] = [await ledger.account(), await ledger.account('EU')];
    await ledger.invoice(here, 900);
    await ledger.invoice(there, 400);
    await ledger.refer({ accountId: there });
    await ledger.invoice(there, 50);
    await ledger.pay(there, 150, { payerCode: 'AGENCY', currency: 'EUR' });
    for (const code of ['SELF', 'AGENCY']) {
      const now = await balances(code);
      expect(now).toContainEqual(expect.objectContaining({ asOf: ledger.on(0), currency: 'EUR' }));
      const figures = now.map(({ currency, balance }: { currency: string; balance: number }) => ({
        currency,
        balance,
      }));
      expect(figures).toEqual(await closing(code));
    }
    expect(await balances('AGENCY')).toContainEqual({ asOf: ledger.on(0), currency: 'EUR', balance: 250 });
    expect(await balances('AGENCY', { asOf: ledger.on(-1) })).toEqual([]);
  });

  it('at the end of a day to come is not known', async () => {
    const refused = await balances('SELF', { asOf: ledger.on(1) }, 422);
    expect(refused).toMatchObject({
      code: 'future-date',
      errors: [{ field: 'asOf', expected: `at most ${ledger.on(0)}` }],
    });
  });

  it('is shown of the reader’s offices only', async () => {
    const reader = ledger.as(await ledger.service.bearer({ role: 'auditor', offices: ['UTC'] }));
    const { body } = await reader.get(`payers/${(await payerOf('SELF')).id}/balance`);
    expect(body.map(({ currency }: { currency: string }) => currency)).toEqual(['USD']);
  });
});
