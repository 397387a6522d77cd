import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ineligible, type AccountStatus } from '@recoup/contracts';
import { ContactCipher, DomainError, newContactKeys, row, run, sql, transaction, type Db } from '@recoup/service-kit';
import * as fc from 'fast-check';
import { freezeAccount } from '../freezes/freeze-account.js';
import { rollBackFreeze } from '../freezes/roll-back-freeze.js';
import { issueInvoice } from '../invoices/issue-invoice.js';
import { recordPayment } from '../payments/record-payment.js';
import { recallFromAgency } from '../referrals/recall-from-agency.js';
import { referToAgency } from '../referrals/refer-to-agency.js';
import { reverseTransaction } from '../reversals/reverse-transaction.js';
import { agencies, bulkChunks, type BulkChunks } from '../testing/bulk-chunks.js';
import { supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { toldBooks } from '../testing/told-books.js';
import { writeOff } from '../write-offs/write-off.js';

const today = '2026-11-22';
const refers = { payerCode: 'SPRNT', transactionTypeCode: 'custom-write-off-1' };
const cancellationReasonCode = 'non-payment';
const cipher = new ContactCipher(newContactKeys());
let ledger: TestLedger;
let chunks: BulkChunks;
let drawn = 0;

beforeAll(async () => {
  ledger = await testLedger();
  chunks = bulkChunks(ledger);
  await ledger.importFile(
    'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\nNYC,FIRST,0,2026-01-01,2026-02-01,1.00\n',
  );
  await agencies(ledger);
});
afterAll(() => ledger.stop());

/** An account of the history that is told, opened by SQL as the first event of it. */
async function opened(subscriptions: number): Promise<string> {
  drawn += 1;
  const made = await row<{ id: string }>(
    ledger.db(),
    sql`INSERT INTO accounts (office_id, number, name, currency) SELECT id, ${`P${drawn}`}, 'x', currency FROM offices WHERE code = 'NYC' RETURNING id`,
  );
  const id = made?.id ?? '';
  await run(
    ledger.db(),
    sql`INSERT INTO subscriptions (account_id, office_id, currency, number, service_type_code, started_on)
        SELECT a.id, a.office_id, a.currency, a.number || '-' || n, 'service', '2025-01-01'
        FROM accounts a, generate_series(1, ${subscriptions}::int) n WHERE a.id = ${id}`,
  );
  return id;
}

type Step =
  | { readonly of: 'invoice' | 'fee'; readonly amounts: readonly number[] }
  | { readonly of: 'pay' | 'collect' | 'write-off'; readonly amount: number }
  | { readonly of: 'refer' | 'recall' | 'freeze' | 'roll-back' }
  | { readonly of: 'reverse'; readonly back: number };

const amount = fc.integer({ min: 1, max: 3000 });
const amounts = fc.uniqueArray(amount, { minLength: 1, maxLength: 3 });
const history: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ of: fc.constant('invoice' as const), amounts }) },
  { weight: 3, arbitrary: fc.record({ of: fc.constantFrom('pay' as const, 'collect' as const), amount }) },
  { weight: 2, arbitrary: fc.record({ of: fc.constantFrom('refer' as const, 'recall' as const) }) },
);
const command: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ of: fc.constant('fee' as const), amounts }),
  fc.record({ of: fc.constant('write-off' as const), amount }),
  fc.record({ of: fc.constantFrom('refer' as const, 'recall' as const, 'freeze' as const, 'roll-back' as const) }),
  fc.record({ of: fc.constant('reverse' as const), back: fc.nat({ max: 5 }) }),
);

const balanceOf = async (accountId: string): Promise<number> =>
  (await row<{ balance: number }>(ledger.db(), sql`SELECT balance FROM accounts WHERE id = ${accountId}`))?.balance ??
  0;

const statusOf = async (accountId: string): Promise<AccountStatus> =>
  (await row<{ status: AccountStatus }>(ledger.db(), sql`SELECT status FROM accounts WHERE id = ${accountId}`))
    ?.status ?? 'closed';

/** The id of a transaction of an account, counted back from the last that a chunk may reverse. */
const transactionOf = async (accountId: string, back: number): Promise<string | undefined> =>
  (
    await row<{ id: string }>(
      ledger.db(),
      sql`SELECT id FROM transactions WHERE account_id = ${accountId} AND kind NOT IN ('payment', 'credit-application', 'reversal')
          ORDER BY recorded_at DESC, id DESC OFFSET ${back} LIMIT 1`,
    )
  )?.id;

const freezeOf = async (accountId: string): Promise<string | undefined> =>
  (
    await row<{ id: string }>(
      ledger.db(),
      sql`SELECT id FROM freezes WHERE account_id = ${accountId} AND rolled_back_at IS NULL`,
    )
  )?.id;

/** A step by the commands over HTTP; answers why it was refused, or null. */
async function single(accountId: string, step: Step): Promise<string | null> {
  const { clock } = ledger;
  const parts = { clock, cipher };
  const booked = async (work: (tx: Db) => Promise<unknown>): Promise<string | null> => {
    try {
      await transaction(ledger.db(), work);
      return null;
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      throw error;
    }
  };
  switch (step.of) {
    case 'invoice':
    case 'fee': {
      // People may invoice an account that is frozen; a fee of a bulk action is not made to it (BLK-18).
      const barred = step.of === 'fee' ? ineligible('add-fees', await statusOf(accountId)) : null;
      if (barred !== null) return barred;
      drawn += 1;
      const serviceTypeCode = step.of === 'fee' ? 'late-fee' : 'service';
      const lines = step.amounts.map((each) => ({ serviceTypeCode, dateOfService: today, amount: each }));
      const number = step.of === 'fee' ? `FEE-by-hand-${drawn}` : `I${step.amounts.join()}-${accountId}`;
      const given = { accountId, number, invoiceDate: today, dueDate: today, lines };
      return booked((tx) => issueInvoice(tx, clock, supervisor, given));
    }
    case 'pay':
    case 'collect': {
      const given = { accountId, amount: step.amount, currency: 'USD', effectiveDate: today };
      const payer = step.of === 'collect' ? { payerCode: refers.payerCode } : {};
      return booked((tx) => recordPayment(tx, clock, supervisor, { ...given, ...payer }));
    }
    case 'write-off': {
      const balance = await balanceOf(accountId);
      const given = { accountId, amount: Math.min(step.amount, Math.max(1, balance)), transactionTypeCode: 'coupon' };
      return booked((tx) => writeOff(tx, clock, supervisor, given));
    }
    case 'refer':
      return booked((tx) => referToAgency(tx, clock, supervisor, { accountId, ...refers }));
    case 'recall':
      return booked((tx) => recallFromAgency(tx, clock, supervisor, { accountId, payerCode: refers.payerCode }));
    case 'freeze':
      return booked((tx) => freezeAccount(tx, parts, supervisor, { accountId, cancellationReasonCode }));
    case 'roll-back': {
      const id = await freezeOf(accountId);
      if (id === undefined) return 'not-frozen';
      return booked((tx) => rollBackFreeze(tx, parts, supervisor, id));
    }
    case 'reverse': {
      const id = await transactionOf(accountId, step.back);
      if (id === undefined) return 'unknown-transaction';
      return booked((tx) => reverseTransaction(tx, clock, supervisor, id, { reason: 'x' }));
    }
  }
}

/** The same step as a chunk of one account. */
async function chunk(accountId: string, step: Step): Promise<string | null> {
  const [outcome] = await asked();
  return outcome?.reason ?? null;

  async function asked() {
    switch (step.of) {
      case 'fee': {
        const lines = step.amounts.map((each) => ({ serviceTypeCode: 'late-fee', amount: each }));
        return chunks.ask('recoup.ledger.add-fees.v1', { items: [{ accountId, currency: 'USD', lines }] });
      }
      case 'write-off': {
        const items = [{ accountId, previewedAmount: step.amount }];
        return chunks.ask('recoup.ledger.write-off-accounts.v1', { transactionTypeCode: 'coupon', items });
      }
      case 'refer': {
        const previewedAmount = Math.max(1, await balanceOf(accountId));
        return chunks.ask('recoup.ledger.refer-balances.v1', { ...refers, items: [{ accountId, previewedAmount }] });
      }
      case 'recall':
        return chunks.ask('recoup.ledger.recall-balances.v1', { payerCode: refers.payerCode, items: [{ accountId }] });
      case 'freeze':
        return chunks.ask('recoup.ledger.freeze-accounts.v1', {
          cancellationReasonCode,
          notes: null,
          items: [{ accountId }],
        });
      case 'roll-back': {
        const items = [{ accountId, subscriptionIds: null }];
        return chunks.ask('recoup.ledger.roll-back-freezes.v1', { freezeActionId: null, items });
      }
      case 'reverse': {
        const transactionId = await transactionOf(accountId, step.back);
        if (transactionId === undefined) return [{ reason: 'unknown-transaction' }];
        return chunks.ask('recoup.ledger.reverse-transactions.v1', { items: [{ accountId, transactionId }] });
      }
      case 'invoice':
      case 'pay':
      case 'collect':
        throw new Error(`${step.of} is no command of a bulk action`);
    }
  }
}

describe('a chunk', () => {
  it('books and tells what the single command does, whatever the account’s history, and refuses what it refuses', async () => {
    const steps = fc.array(history, { minLength: 2, maxLength: 7 });
    const commands = fc.array(command, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(steps, commands, fc.nat({ max: 2 }), async (before, after, subscriptions) => {
        const [one, other] = [await opened(subscriptions), await opened(subscriptions)];
        for (const step of before) expect(await single(other, step)).toBe(await single(one, step));
        for (const step of after) {
          expect(await chunk(other, step)).toBe(await single(one, step));
          expect(await toldBooks(ledger, other)).toEqual(await toldBooks(ledger, one));
        }
      }),
      { numRuns: 40 },
    );
    expect(await ledger.violations()).toEqual([]);
  }, 120_000);
});
