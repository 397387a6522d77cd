import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';

let ledger: AgencyLedger;
let account: string;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  account = await ledger.account();
});

const type = 'custom-write-off-1';
interface Line {
  id: string;
  openAmount: number;
  payerCode: string;
  responsibilityDate: string;
}

/** Procentive's steps: assign, payment of 0.00 with the write-off, queue, invoice. */
async function stepByStep(accountId: string, invoice: string): Promise<void> {
  await ledger.assign(accountId, 'AGENCY');
  const lines: Line[] = await ledger.lines(invoice);
  const open = lines
    .filter(({ payerCode, openAmount }) => payerCode === 'SELF' && openAmount > 0)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const writeOffs = open.map(({ id, openAmount }) => ({
    billLineId: id,
    amount: openAmount,
    transactionTypeCode: type,
  }));
  await ledger.pay(accountId, 0, { reference: 'to collections', writeOffs });
  await ledger.post('bill-lines/queue', { billLineIds: open.map(({ id }) => id), payerCode: 'AGENCY' });
  await ledger.payerInvoice(accountId, 'AGENCY');
}

/** What events tell beside ids, numbers and instants. */
function told(data: Record<string, unknown>): unknown {
  const own = Object.entries(data).filter(([name]) => !/Ids?$|^number$|^recordedAt$|^lines$|^movements$/.test(name));
  const moved = (data['movements'] ?? []) as { amount: number; effectiveDate: string }[];
  return [own, moved.map(({ amount, effectiveDate }) => [amount, effectiveDate]).toSorted()];
}

describe('a referral', () => {
  it.each([[[4_000]], [[4_000, 2_500, 1_000]]])(
    'of lines of %p books the same in one go as step by step',
    async (amounts) => {
      const [stepped, commanded] = [account, await ledger.account()];
      await ledger.pay(stepped, 300, { allocations: [] });
      await ledger.pay(commanded, 300, { allocations: [] });
      const [first, second] = [await ledger.invoice(stepped, ...amounts), await ledger.invoice(commanded, ...amounts)];
      await stepByStep(stepped, first);
      const made = await ledger.refer({ invoiceId: second }, { reference: 'to collections' });
      const total = amounts.reduce((sum, amount) => sum + amount, 0) - 300;
      expect(made).toMatchObject({
        accountId: commanded,
        payerCode: 'AGENCY',
        transactionTypeCode: type,
        amount: total,
      });
      expect(made.billLineIds).toHaveLength(amounts.length);
      expect(await ledger.postings(commanded)).toEqual(await ledger.postings(stepped));
      const [a, b] = [await ledger.events(stepped), await ledger.events(commanded)];
      expect(b.map(({ type: name, sequence }) => [name, sequence])).toEqual(
        a.map(({ type: name, sequence }) => [name, sequence]),
      );
      expect(b.slice(3).map(({ data }) => told(data))).toEqual(a.slice(3).map(({ data }) => told(data)));
      expect(b.slice(-5).map(({ type: name }) => name.slice('recoup.ledger.'.length, -'.v1'.length))).toEqual([
        'payer-assigned',
        'payment-received',
        'written-off',
        'line-queued',
        'payer-invoice-issued',
      ]);
      expect([await ledger.figures(stepped), await ledger.figures(commanded)]).toEqual([
        [0, 0],
        [0, 0],
      ]);
      const audit = await ledger.get('audit', 200, {
        filter: JSON.stringify({ accountId: commanded, action: 'refer-to-agency' }),
      });
      expect(audit.body).toMatchObject([{ before: { balance: total }, after: { balance: 0, amount: total } }]);
      expect(await ledger.violations()).toEqual([]);
    },
  );

  it('of an account leaves 0 to it, shows at the agency, and the agency’s payment lowers it', async () => {
    const invoices = [await ledger.invoice(account, 5_000), await ledger.invoice(account, 3_000)];
    const before = await ledger.outstanding('AGENCY');
    const made = await ledger.refer({ accountId: account });
    expect(made.amount).toBe(8_000);
    expect([await ledger.figures(account), (await ledger.outstanding('AGENCY')) - before]).toEqual([[0, 0], 8_000]);
    const billed = (await ledger.get(`payer-invoices/${made.payerInvoiceId}`)).body;
    expect(billed).toMatchObject({ number: made.payerInvoiceNumber, total: 8_000, lines: 2 });
    await ledger.pay(account, 6_000, { payerCode: 'AGENCY' });
    expect([await ledger.figures(account), (await ledger.outstanding('AGENCY')) - before]).toEqual([[0, 0], 2_000]);
    expect((await ledger.get(`payer-invoices/${made.payerInvoiceId}`)).body.openAmount).toBe(2_000);
    expect((await ledger.pay(account, 2_001, { payerCode: 'AGENCY' }, 422)).code).toBe('above-outstanding');
    expect((await ledger.get(`invoices/${invoices[0]}`)).body.openAmount).toBe(0);
  });

  it('is refused without something open, an agency, a custom write-off in use, or of an account that is frozen or closed', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    const refused = async (more: object) => (await ledger.refer({ invoiceId: invoice }, more, 422)).code;
    expect(await refused({ payerCode: 'NOBODY' })).toBe('unknown-payer');
    expect(await refused({ payerCode: 'INSURER' })).toBe('not-an-agency');
    expect(await refused({ payerCode: 'SELF' })).toBe('not-an-agency');
    expect(await refused({ transactionTypeCode: 'coupon' })).toBe('unknown-transaction-type');
    expect(await refused({ transactionTypeCode: 'custom-write-off-3' })).toBe('unknown-transaction-type');
    await ledger.admin.post('payers', { code: `STRICT-${invoice.slice(-4)}`, name: 'Strict', type: 'generic' });
    expect(await refused({ payerCode: `STRICT-${invoice.slice(-4)}` })).toBe('policy-id-missing');
    const card = (await ledger.get(`accounts/${account}`)).body;
    for (const status of ['frozen', 'closed']) {
      await ledger.setStatus(account, status);
      expect(await refused({})).toBe(status);
    }
    await ledger.setStatus(account, card.status);
    await ledger.post('agency-referrals', { payerCode: 'AGENCY', transactionTypeCode: type }, 400);
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'eve', offices: ['EU'] }));
    await elsewhere.post(
      'agency-referrals',
      { invoiceId: invoice, payerCode: 'AGENCY', transactionTypeCode: type },
      404,
    );
    expect((await ledger.events(account)).at(-1)?.type).toBe('recoup.ledger.invoice-issued.v1');
    await ledger.pay(account, 1_000);
    expect(await refused({})).toBe('nothing-open');
    expect(await ledger.violations()).toEqual([]);
  });

  it('with the same key is made once', async () => {
    await ledger.invoice(account, 1_000);
    const body = { accountId: account, payerCode: 'AGENCY', transactionTypeCode: type };
    const key = { 'Idempotency-Key': 'r-1' };
    const first = await ledger.post('agency-referrals', body, 201, key);
    expect((await ledger.post('agency-referrals', body, 201, key)).body).toEqual(first.body);
    expect(
      (await ledger.get('payer-invoices', 200, { filter: JSON.stringify({ accountId: account }) })).body,
    ).toHaveLength(1);
  });

  it('in one go takes what it closed itself; what was written off earlier is queued by hand', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    await ledger.post('write-offs', { invoiceId: invoice, amount: 100, transactionTypeCode: type });
    const made = await ledger.refer({ invoiceId: invoice });
    expect([made.amount, (await ledger.get(`payer-invoices/${made.payerInvoiceId}`)).body.total]).toEqual([900, 900]);
    const [line] = await ledger.lines(invoice);
    expect((await ledger.queue(line.id, 'AGENCY')).transactions).toMatchObject([{ kind: 'referral', amount: 100 }]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('step by step takes only what a custom write-off closed, and leaves to a queueing what is still open', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    await ledger.assign(account, 'AGENCY');
    const [line] = await ledger.lines(invoice);
    await ledger.post('write-offs', { invoiceId: invoice, amount: 100 });
    await ledger.pay(account, 0, { writeOffs: [{ billLineId: line.id, amount: 400, transactionTypeCode: type }] });
    await ledger.post('write-offs', { invoiceId: invoice, amount: 200, transactionTypeCode: 'custom-write-off-2' });
    const first = await ledger.queue(line.id, 'AGENCY');
    expect(
      first.transactions.map(({ kind, typeCode, amount, paymentId }: Record<string, unknown>) => [
        kind,
        typeCode,
        amount,
        paymentId === null,
      ]),
    ).toEqual([
      ['referral', type, 400, false],
      ['referral', 'custom-write-off-2', 200, true],
    ]);
    const second = await ledger.queue(line.id, 'AGENCY');
    expect(second.transactions).toMatchObject([{ kind: 'queueing', amount: 300 }]);
    expect((await ledger.queue(line.id, 'AGENCY', {}, 422)).code).toBe('nothing-open');
    const [referred] = first.billLines;
    expect((await ledger.queue(referred.id, 'SELF', {}, 422)).code).toBe('referred');
    await ledger.queue(second.billLines[0].id, 'SELF');
    expect(await ledger.figures(account)).toEqual([300, 0]);
    expect((await ledger.recall({ accountId: account })).amount).toBe(600);
    expect(await ledger.figures(account)).toEqual([900, 0]);
    expect(await ledger.violations()).toEqual([]);
  });
});
