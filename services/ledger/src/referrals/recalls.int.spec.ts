import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { refusedEvents } from '../testing/test-ledger.js';

let ledger: AgencyLedger;
let account: string;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  account = await ledger.account();
});

describe('a recall', () => {
  it('gives back what the agency has not collected, with due date and responsibility date as they were', async () => {
    const invoice = await ledger.invoice(account, 5_000);
    const [self] = await ledger.lines(invoice);
    const { dueDate } = (await ledger.get(`invoices/${invoice}`)).body;
    await ledger.refer({ accountId: account });
    const paid = await ledger.pay(account, 2_000, { payerCode: 'AGENCY' });
    const recalled = await ledger.recall({ invoiceId: invoice });
    expect(recalled).toMatchObject({ kind: 'recall', typeCode: 'recall', amount: 3_000, payerCode: 'AGENCY' });
    expect(await ledger.figures(account)).toEqual([3_000, 0]);
    const [after, held] = await ledger.lines(invoice);
    expect(after).toMatchObject({ openAmount: 3_000, responsibilityDate: self.responsibilityDate });
    expect(held.openAmount).toBe(0);
    expect((await ledger.get(`invoices/${invoice}`)).body.dueDate).toBe(dueDate);
    expect((await ledger.recall({ accountId: account }, {}, 422)).code).toBe('nothing-open');
    await ledger.post(`payments/${paid.id}/return`, { effectiveDate: ledger.on(0) });
    expect((await ledger.get(`bill-lines/${held.id}`)).body.openAmount).toBe(2_000);
    expect((await ledger.recall({ billLineId: self.id })).amount).toBe(2_000);
    expect(await ledger.figures(account)).toEqual([5_000, 0]);
    const again = await ledger.refer({ billLineId: self.id });
    expect(again.amount).toBe(5_000);
    expect((await ledger.recall({ billLineId: again.billLineIds[0] })).amount).toBe(5_000);
    const last = (await ledger.events(account)).at(-1);
    expect(last).toMatchObject({
      type: 'recoup.ledger.balance-recalled.v1',
      data: { payerCode: 'AGENCY', amount: 5_000, commandId: expect.stringMatching(/^request:/) },
    });
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('is of one agency, of what was referred and not of what was only queued, also of a closed account', async () => {
    const [first, second] = [await ledger.invoice(account, 1_000), await ledger.invoice(account, 2_000)];
    await ledger.refer({ invoiceId: first });
    await ledger.assign(account, 'OTHER');
    const [line] = await ledger.lines(second);
    await ledger.queue(line.id, 'OTHER');
    expect((await ledger.recall({ accountId: account }, { payerCode: 'OTHER' }, 422)).code).toBe('nothing-open');
    expect((await ledger.recall({ accountId: account }, { payerCode: 'INSURER' }, 422)).code).toBe('not-an-agency');
    expect((await ledger.recall({ accountId: account }, { payerCode: 'NOBODY' }, 422)).code).toBe('unknown-payer');
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'eve', offices: ['EU'] }));
    await elsewhere.post('agency-referrals/recall', { accountId: account, payerCode: 'AGENCY' }, 404);
    await ledger.setStatus(account, 'closed');
    expect((await ledger.recall({ accountId: account })).amount).toBe(1_000);
    expect(await ledger.figures(account)).toEqual([1_000, 0]);
  });

  it('and every other step can be reversed, the referral before the write-off', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    const made = await ledger.refer({ invoiceId: invoice });
    const reverse = async (id: string, status = 201) =>
      (await ledger.post(`transactions/${id}/reverse`, { reason: 'mistake' }, status)).body;
    expect((await reverse(made.writeOffId, 409)).code).toBe('referred');
    const recalled = await ledger.recall({ invoiceId: invoice });
    await reverse(recalled.id);
    expect(await ledger.figures(account)).toEqual([0, 0]);
    await reverse(made.id);
    await reverse(made.writeOffId);
    expect(await ledger.figures(account)).toEqual([1_000, 0]);
    expect(await ledger.violations()).toEqual([]);
  });
});
