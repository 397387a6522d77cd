import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: AgencyLedger;
let account: string;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

const insured = async (): Promise<string> => {
  account = await ledger.account();
  await ledger.assign(account, 'INSURER', { policyId: 'P', groupNumber: 'G' });
  await ledger.assign(account, 'AGENCY');
  return account;
};
const owed = async (invoice: string) =>
  (await ledger.lines(invoice)).map(({ payerCode, openAmount }: { payerCode: string; openAmount: number }) => [
    payerCode,
    openAmount,
  ]);

describe('a bill line', () => {
  it('queued to an insurer moves its rest there, and back to Self with the date of the latest move', async () => {
    const invoice = await ledger.invoice(await insured(), 10_000);
    const [self] = await ledger.lines(invoice);
    await ledger.pay(account, 2_500);
    const first = await ledger.queue(self.id, 'INSURER', { responsibilityDate: ledger.on(-10) });
    expect(first.transactions).toMatchObject([
      { kind: 'queueing', typeCode: 'queueing', amount: 7_500, payerCode: 'INSURER' },
    ]);
    expect(first.billLines).toMatchObject([
      {
        payerCode: 'INSURER',
        amount: 7_500,
        openAmount: 7_500,
        responsibilityDate: ledger.on(-10),
        openedBy: first.id,
      },
    ]);
    expect([await owed(invoice), await ledger.figures(account)]).toEqual([
      [
        ['SELF', 0],
        ['INSURER', 7_500],
      ],
      [0, 0],
    ]);
    await ledger.pay(account, 5_000, { payerCode: 'INSURER', effectiveDate: ledger.on(0) });
    const [billed] = first.billLines;
    const back = await ledger.queue(billed.id, 'SELF', { responsibilityDate: ledger.on(-1) });
    expect(back.billLines).toMatchObject([{ id: self.id, openAmount: 2_500, responsibilityDate: ledger.on(-1) }]);
    expect(await ledger.figures(account)).toEqual([2_500, 0]);
    const again = await ledger.queue(self.id, 'INSURER');
    expect(again.billLines[0].id).not.toBe(billed.id);
    expect(await owed(invoice)).toEqual([
      ['SELF', 0],
      ['INSURER', 0],
      ['INSURER', 2_500],
    ]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('of each payer stands beside the others on one invoice, and goes from an insurer to an agency', async () => {
    const invoice = await ledger.invoice(await insured(), 1_000, 2_000, 3_000);
    const [, second, third] = await ledger.lines(invoice);
    const both = await ledger.post('bill-lines/queue', { billLineIds: [second.id, third.id], payerCode: 'INSURER' });
    expect(both.body.transactions).toMatchObject([{ amount: 5_000, invoiceId: invoice, billLineId: null }]);
    const [, moved] = both.body.billLines;
    await ledger.queue(moved.id, 'AGENCY');
    const shown = (await ledger.get('service-lines', 200, { filter: JSON.stringify({ invoiceId: invoice }) })).body;
    const side = shown.map((line: { openAmount: number; otherOpenAmount: number }) => [
      line.openAmount,
      line.otherOpenAmount,
    ]);
    expect(side.toSorted()).toEqual([
      [0, 2_000],
      [0, 3_000],
      [1_000, 0],
    ]);
    const atAgency = { filter: JSON.stringify({ invoiceId: invoice, payerCode: 'AGENCY' }) };
    expect((await ledger.get('service-lines', 200, atAgency)).body).toHaveLength(1);
    const lines = (await ledger.get('bill-lines', 200, atAgency)).body;
    expect(lines).toMatchObject([{ payerType: 'generic', openAmount: moved.openAmount }]);
    expect((await ledger.get(`invoices/${invoice}`)).body.openAmount).toBe(1_000);
    expect((await ledger.get(`bill-lines/${lines[0].id}/balance`)).body.balance).toBe(moved.openAmount);
    expect(await ledger.violations()).toEqual([]);
  });

  it('is not queued without a payer to take it, something open, or a day that can be', async () => {
    const invoice = await ledger.invoice(await insured(), 1_000);
    const [line] = await ledger.lines(invoice);
    const refused = async (payerCode: string, more: object = {}) =>
      (await ledger.queue(line.id, payerCode, more, 422)).code;
    expect(await refused('NOBODY')).toBe('unknown-payer');
    expect(await refused('OTHER')).toBe('payer-not-assigned');
    expect(await refused('SELF')).toBe('same-payer');
    expect(await refused('INSURER', { responsibilityDate: ledger.on(2) })).toBe('future-date');
    expect(await refused('INSURER', { responsibilityDate: ledger.on(-61) })).toBe('before-invoice');
    await ledger.pay(account, 1_000);
    expect(await refused('INSURER')).toBe('nothing-open');
    const twice = { billLineIds: [line.id, line.id], payerCode: 'INSURER' };
    expect((await ledger.post('bill-lines/queue', twice, 422)).body.code).toBe('repeated-line');
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'eve', offices: ['EU'] }));
    await elsewhere.post(`bill-lines/${line.id}/queue`, { payerCode: 'INSURER' }, 404);
    expect(await ledger.lines(invoice)).toHaveLength(1);
  });

  it('queued to another account’s line at once is not found, and with the same key is queued once', async () => {
    const [mine] = await ledger.lines(await ledger.invoice(await insured(), 1_000));
    const [theirs] = await ledger.lines(await ledger.invoice(await ledger.account(), 1_000));
    await ledger.post('bill-lines/queue', { billLineIds: [mine.id, theirs.id], payerCode: 'INSURER' }, 404);
    const key = { 'Idempotency-Key': 'q-1' };
    const [first, again] = [
      await ledger.post(`bill-lines/${mine.id}/queue`, { payerCode: 'INSURER' }, 201, key),
      await ledger.post(`bill-lines/${mine.id}/queue`, { payerCode: 'INSURER' }, 201, key),
    ];
    expect(again.body).toEqual(first.body);
    expect(await ledger.violations()).toEqual([]);
  });
});

describe('a payer’s payment', () => {
  it('goes to what is queued to it, by hand or oldest due first, never above it, and makes no credit', async () => {
    const invoice = await ledger.invoice(await insured(), 1_000, 2_000, 4_000);
    const [one, two] = await ledger.lines(invoice);
    const queued = await ledger.post('bill-lines/queue', { billLineIds: [one.id, two.id], payerCode: 'INSURER' });
    const [billed, other] = queued.body.billLines;
    const of = { payerCode: 'INSURER' };
    const above = await ledger.pay(account, 3_001, of, 422);
    expect(above).toMatchObject({ code: 'above-outstanding', errors: [{ field: 'amount', expected: 'at most 3000' }] });
    const hand = (billLineId: string, amount: number) => ({ ...of, allocations: [{ billLineId, amount }] });
    expect((await ledger.pay(account, 500, hand(billed.id, 400), 422)).code).toBe('not-allocated');
    expect((await ledger.pay(account, 1_500, hand(billed.id, 1_500), 422)).code).toBe('allocation-above-open');
    expect((await ledger.pay(account, 500, hand(one.id, 500), 422)).code).toBe('allocation-above-open');
    expect((await ledger.pay(account, 500, { ...of, effectiveDate: ledger.on(-1) }, 422)).code).toBe('before-open');
    expect((await ledger.pay(account, 500, { payerCode: 'NOBODY' }, 422)).code).toBe('unknown-payer');
    expect((await ledger.pay(account, 100, { ...hand(billed.id, 200) }, 422)).code).toBe('allocation-above-payment');
    const paid = await ledger.pay(account, 600, hand(other.id, 600));
    expect(paid).toMatchObject({ kind: 'payment', payerCode: 'INSURER', amount: 600 });
    await ledger.pay(account, 1_000, of);
    expect(await ledger.outstanding('INSURER')).toBeGreaterThanOrEqual(1_400);
    expect(await ledger.figures(account)).toEqual([4_000, 0]);
    const listed = await ledger.get('payments', 200, {
      filter: JSON.stringify({ accountId: account, payerCode: 'INSURER' }),
    });
    expect(listed.body).toHaveLength(2);
    const back = (await ledger.post(`payments/${paid.id}/return`, { effectiveDate: ledger.on(0) })).body;
    expect(back).toMatchObject({ kind: 'returned-payment', payerCode: 'INSURER' });
    expect(
      (await ledger.get(`bill-lines/${other.id}`)).body.openAmount +
        (await ledger.get(`bill-lines/${billed.id}`)).body.openAmount,
    ).toBe(2_000);
    expect(await ledger.figures(account)).toEqual([4_000, 0]);
    const events = (await outboxOf(ledger.db())).filter(({ type }) => type === 'recoup.ledger.payment-received.v1');
    expect(events.at(-1)?.data).toMatchObject({ payerCode: 'INSURER', payerType: 'insurer', creditMovements: [] });
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('by the account itself goes to lines by hand too, and takes effect when the line was open again', async () => {
    const invoice = await ledger.invoice(await insured(), 1_000, 2_000);
    const [one, two] = await ledger.lines(invoice);
    await ledger.pay(account, 700, { payerCode: 'SELF', allocations: [{ billLineId: two.id, amount: 700 }] });
    const open = async (id: string) => (await ledger.get(`bill-lines/${id}`)).body.openAmount;
    expect([await open(one.id), await open(two.id)]).toEqual([one.amount, two.amount - 700]);
    const queued = await ledger.queue(one.id, 'INSURER');
    await ledger.queue(queued.billLines[0].id, 'SELF');
    await ledger.pay(account, one.amount, {
      effectiveDate: ledger.on(-5),
      allocations: [{ billLineId: one.id, amount: one.amount }],
    });
    const balance = async (offset: number) =>
      (await ledger.get(`bill-lines/${one.id}/balance`, 200, { asOf: ledger.on(offset) })).body.balance;
    expect([await balance(-6), await balance(-5), await balance(-1), await balance(0)]).toEqual([
      one.amount,
      one.amount,
      one.amount,
      0,
    ]);
    expect(await ledger.violations()).toEqual([]);
  });
});

describe('a payer’s invoice', () => {
  it('takes the lines queued to it, each once, under a number of the payer’s', async () => {
    const invoice = await ledger.invoice(await insured(), 1_000, 2_000, 4_000);
    const [one, two, three] = await ledger.lines(invoice);
    expect((await ledger.payerInvoice(account, 'INSURER', {}, 422)).code).toBe('nothing-open');
    const queued = await ledger.post('bill-lines/queue', { billLineIds: [one.id, two.id], payerCode: 'INSURER' });
    const [billed] = queued.body.billLines;
    const first = await ledger.payerInvoice(account, 'INSURER', { billLineIds: [billed.id] });
    expect(first).toMatchObject({
      payerCode: 'INSURER',
      total: billed.amount,
      openAmount: billed.amount,
      lines: 1,
      invoiceDate: ledger.on(0),
    });
    expect(first.number).toMatch(/^INSURER-\d+$/);
    const again = await ledger.payerInvoice(account, 'INSURER', { billLineIds: [billed.id] }, 409);
    expect(again).toMatchObject({ code: 'already-invoiced', payerInvoiceId: first.id });
    const rest = await ledger.payerInvoice(account, 'INSURER', { number: 'MINE-7' });
    expect(rest).toMatchObject({ number: 'MINE-7', total: 3_000 - billed.amount });
    expect((await ledger.payerInvoice(account, 'INSURER', {}, 422)).code).toBe('nothing-open');
    const other = await ledger.queue(three.id, 'INSURER');
    const refused = async (more: object, status = 422) =>
      (await ledger.payerInvoice(account, 'INSURER', more, status)).code;
    expect(await refused({ number: 'MINE-7' }, 409)).toBe('invoice-number-taken');
    expect(await refused({ billLineIds: [three.id] })).toBe('not-queued-to-payer');
    expect(await refused({ invoiceDate: ledger.on(2) })).toBe('future-date');
    expect(await refused({ invoiceDate: ledger.on(-1) })).toBe('before-responsibility');
    expect((await ledger.payerInvoice(account, 'SELF', {}, 422)).code).toBe('self-payer');
    await ledger.pay(account, 500, { payerCode: 'INSURER', allocations: [{ billLineId: billed.id, amount: 500 }] });
    const listed = await ledger.get('payer-invoices', 200, {
      filter: JSON.stringify({ accountId: account, open: true }),
    });
    expect(listed.body).toHaveLength(2);
    expect((await ledger.get(`payer-invoices/${first.id}`)).body.openAmount).toBe(billed.amount - 500);
    const lines = await ledger.get('bill-lines', 200, { filter: JSON.stringify({ payerInvoiceId: first.id }) });
    expect(lines.body).toMatchObject([{ id: billed.id }]);
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'eve', offices: ['EU'] }));
    await elsewhere.get(`payer-invoices/${first.id}`, 404);
    expect((await elsewhere.get('payer-invoices')).body).toEqual([]);
    expect(other.billLines[0].payerInvoiceId).toBeNull();
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
