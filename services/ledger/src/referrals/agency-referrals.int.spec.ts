import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run, sql, transaction } from '@recoup/service-kit';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { outboxOf, refusedEvents, violationsOf } from '../testing/test-ledger.js';

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

const eventsOf = async (accountId: string) =>
  (await outboxOf(ledger.db())).filter(
    ({ subject, type: name }) => subject === accountId && name.startsWith('recoup.ledger.'),
  );

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
      const [a, b] = [await eventsOf(stepped), await eventsOf(commanded)];
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
      await setStatus(account, status);
      expect(await refused({})).toBe(status);
    }
    await setStatus(account, card.status);
    await ledger.post('agency-referrals', { payerCode: 'AGENCY', transactionTypeCode: type }, 400);
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'eve', offices: ['EU'] }));
    await elsewhere.post(
      'agency-referrals',
      { invoiceId: invoice, payerCode: 'AGENCY', transactionTypeCode: type },
      404,
    );
    expect((await eventsOf(account)).at(-1)?.type).toBe('recoup.ledger.invoice-issued.v1');
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

describe('the invariants of referrals', () => {
  it('see a write-off of an agency’s line, and a write-off that is taken away from under a referral', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    const made = await ledger.refer({ invoiceId: invoice });
    const posted = (line: string, debit: string, credit: string) => sql`
      WITH t AS (INSERT INTO transactions (type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor)
                 SELECT 'coupon', 'write-off', id, office_id, currency, 100, '2026-11-22', now(), 'x' FROM accounts WHERE id = ${account} RETURNING id)
      INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
      SELECT t.id, ${account}, ${invoice}, ${line}, ${debit}, ${credit}, 100, '2026-11-22' FROM t`;
    const [self] = await ledger.lines(invoice);
    const seen = async (statement: ReturnType<typeof posted>): Promise<string[]> => {
      const found: string[] = [];
      const rolledBack = transaction(ledger.db(), async (tx) => {
        await run(tx, statement);
        found.push(...(await violationsOf(tx)).map(({ invariant }) => invariant.slice(0, 7)));
        throw new Error('rolled back');
      });
      await expect(rolledBack).rejects.toThrow('rolled back');
      return found;
    };
    expect(await seen(posted(made.billLineIds[0], 'write-off:coupon', 'receivable:generic'))).toContain('-- I13:');
    expect(await seen(posted(self.id, 'receivable:self', `write-off:${type}`))).toContain('-- I13:');
    expect(await ledger.violations()).toEqual([]);
  });
});

describe('what a payment’s window writes off', () => {
  it('is never above what the payment left open, of lines of the account alone, under a type of write-off', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    const [line] = await ledger.lines(invoice);
    const off = (amount: number, transactionTypeCode = type) => ({
      writeOffs: [{ billLineId: line.id, amount, transactionTypeCode }],
    });
    expect(await ledger.pay(account, 300, off(701), 422)).toMatchObject({
      code: 'write-off-above-open',
      errors: [{ field: 'writeOffs.0.amount', expected: 'at most 700' }],
    });
    expect((await ledger.pay(account, 300, off(700, 'payment'), 422)).code).toBe('unknown-transaction-type');
    const early = { ...off(700), effectiveDate: ledger.on(-61), allocations: [] };
    expect((await ledger.pay(account, 0, early, 422)).code).toBe('before-invoice');
    expect(await ledger.figures(account)).toEqual([1_000, 0]);
    const paid = await ledger.pay(account, 300, off(700));
    expect(await ledger.figures(account)).toEqual([0, 0]);
    const shown = await ledger.get('transactions', 200, {
      filter: JSON.stringify({ accountId: account, kind: 'write-off' }),
    });
    expect(shown.body).toMatchObject([{ typeCode: type, amount: 700, paymentId: paid.id, billLineId: line.id }]);
    expect(await ledger.violations()).toEqual([]);
  });
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
    const last = (await eventsOf(account)).at(-1);
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
    await setStatus(account, 'closed');
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

describe('many at once', () => {
  it('sixteen clients who pay, queue, refer and recall one account lose nothing and never meet a deadlock', async () => {
    const invoice = await ledger.invoice(account, ...Array.from({ length: 8 }, () => 10_000));
    await ledger.assign(account, 'AGENCY');
    await ledger.assign(account, 'INSURER', { policyId: 'P', groupNumber: 'G' });
    const lines: Line[] = await ledger.lines(invoice);
    const tolerated = /nothing-open|above-outstanding|referred|same-payer|not-allocated/;
    const attempt = async (work: () => Promise<unknown>): Promise<number> => {
      try {
        await work();
        return 1;
      } catch (error) {
        if (error instanceof Error && tolerated.test(error.message)) return 0;
        throw error;
      }
    };
    let paid = 0;
    const pay = async (more: object): Promise<void> => {
      await ledger.pay(account, 100, more);
      paid += 100;
    };
    const kinds = [
      () => pay({}),
      (line: Line) => ledger.refer({ billLineId: line.id }),
      () => pay({ payerCode: 'AGENCY' }),
      (line: Line) => ledger.recall({ billLineId: line.id }),
      (line: Line) => ledger.queue(line.id, 'INSURER'),
      () => pay({ payerCode: 'INSURER' }),
    ];
    const done: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const line = (n: number): Line => lines[n % lines.length] as Line;
      const requests = Array.from({ length: 16 }, (_, n) => {
        const work = kinds[(n + round) % kinds.length] ?? (() => pay({}));
        return attempt(() => work(line(n + round)));
      });
      done.push(...(await Promise.all(requests)));
    }
    const all: Line[] = await ledger.lines(invoice);
    const open = all.reduce((sum, { openAmount }) => sum + openAmount, 0);
    const [balance, credit] = await ledger.figures(account);
    expect(open - credit).toBe(80_000 - paid);
    expect(balance).toBe(
      all.filter(({ payerCode }) => payerCode === 'SELF').reduce((sum, { openAmount }) => sum + openAmount, 0),
    );
    expect(done.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(30);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});

/** As a freeze or a closing would leave it. */
async function setStatus(id: string, status: string): Promise<void> {
  await run(ledger.db(), sql`UPDATE accounts SET status = ${status} WHERE id = ${id}`);
}
