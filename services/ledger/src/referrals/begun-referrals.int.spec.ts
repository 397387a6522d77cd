import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';

let ledger: AgencyLedger;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

const transactionTypeCode = 'custom-write-off-1';
const begunOf = async (accountId: string) => (await ledger.get('agency-referrals/begun', 200, { accountId })).body;

describe('a referral that was left after the write-off', () => {
  it('is told with the lines that wait and what of each is referred, until they are queued', async () => {
    const account = await ledger.account();
    const invoice = await ledger.invoice(account, 4_000, 9_000);
    const [first, second] = await ledger.lines(invoice);
    await ledger.assign(account, 'AGENCY');
    expect(await begunOf(account)).toEqual([]);
    const writeOffs = [{ billLineId: first.id, amount: 4_000, transactionTypeCode }];
    await ledger.pay(account, 0, { writeOffs });
    expect(await begunOf(account)).toMatchObject([
      { billLineId: first.id, typeCode: transactionTypeCode, amount: 4_000 },
    ]);
    await ledger.queue(first.id, 'AGENCY');
    expect(await begunOf(account)).toEqual([]);
    await ledger.recall({ billLineId: first.id });
    expect(await begunOf(account)).toEqual([]);
    await ledger.pay(account, 0, { writeOffs: [{ billLineId: second.id, amount: 9_000, transactionTypeCode }] });
    expect(await begunOf(account)).toMatchObject([{ billLineId: second.id, amount: 9_000 }]);
  });

  it('is none when it was taken back, nor is a custom write-off outside the window of a payment of 0.00', async () => {
    const account = await ledger.account();
    const invoice = await ledger.invoice(account, 4_000);
    const [line] = await ledger.lines(invoice);
    const paid = await ledger.pay(account, 0, {
      writeOffs: [{ billLineId: line.id, amount: 4_000, transactionTypeCode }],
    });
    const filter = JSON.stringify({ paymentId: paid.id });
    const [written] = (await ledger.get('transactions', 200, { filter })).body;
    await ledger.post(`transactions/${written.id}/reverse`, { reason: 'Sent too early' });
    expect(await begunOf(account)).toEqual([]);
    const dated = { amount: 4_000, effectiveDate: ledger.on(0), transactionTypeCode };
    await ledger.post('write-offs', { billLineId: line.id, ...dated });
    expect(await begunOf(account)).toEqual([]);
  });

  it('is shown to nobody of another office', async () => {
    const account = await ledger.account();
    const [line] = await ledger.lines(await ledger.invoice(account, 4_000));
    await ledger.pay(account, 0, { writeOffs: [{ billLineId: line.id, amount: 4_000, transactionTypeCode }] });
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'eve', offices: ['EU'] }));
    expect((await elsewhere.get('agency-referrals/begun', 200, { accountId: account })).body).toEqual([]);
    expect(await begunOf(account)).toHaveLength(1);
  });
});
