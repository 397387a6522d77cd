import { DomainError, row, rows, sql, transaction, type Db, type RawBuilder } from '@recoup/service-kit';
import { assignPayer } from '../account-payers/assign-payer.js';
import { adjust } from '../adjustments/adjust.js';
import { issueInvoice } from '../invoices/issue-invoice.js';
import { registerOffice } from '../offices/edit-office.js';
import { recordPayment } from '../payments/record-payment.js';
import { returnPayment } from '../payments/return-payment.js';
import { queueLines } from '../queueing/queue-lines.js';
import { recallFromAgency } from '../referrals/recall-from-agency.js';
import { referToAgency } from '../referrals/refer-to-agency.js';
import { reverseTransaction } from '../reversals/reverse-transaction.js';
import { writeOff } from '../write-offs/write-off.js';
import { supervisor, type TestLedger } from './test-ledger.js';

const dayMs = 86_400_000;
const customType = 'custom-write-off-1';
const nobody = '00000000-0000-7000-8000-000000000000';

interface Account {
  readonly id: string;
  readonly currency: string;
}

/**
 * Books of made-up histories by the ledger's own commands, while days pass: invoices, payments in any order, late, backdated,
 * returned and reversed, write-offs and adjustments, queueing to an insurer, referral to an agency, its payments, recall.
 */
export class RandomBooks {
  private constructor(
    private readonly ledger: TestLedger,
    private readonly random: () => number,
    readonly accounts: readonly Account[],
    private readonly begins: string,
    private count = 0,
  ) {}

  /** Opens so many accounts in each of the offices. */
  static async open(
    ledger: TestLedger,
    random: () => number,
    offices: readonly { code: string; currency: string }[],
    each: number,
  ): Promise<RandomBooks> {
    const accounts: Account[] = [];
    for (const { code, currency } of offices) {
      const office = { code, currency, name: code, timeZone: 'UTC', locale: 'en-US', applyCredit: code !== 'ROME' };
      await transaction(ledger.db(), (tx) => registerOffice(tx, supervisor, office));
      const made = await rows<{ id: string }>(
        ledger.db(),
        sql`INSERT INTO accounts (office_id, number, name, currency)
            SELECT id, code || '-' || n, 'Name ' || n, currency FROM offices, generate_series(1, ${each}::int) n WHERE code = ${code} RETURNING id`,
      );
      accounts.push(...made.map(({ id }) => ({ id, currency })));
    }
    for (const { id: accountId } of accounts)
      for (const payerCode of ['INS', 'SPRNT'])
        await transaction(ledger.db(), (tx) =>
          assignPayer(tx, ledger.clock, supervisor, { accountId, payerCode, groupNumber: null, policyId: null }),
        );
    return new RandomBooks(ledger, random, accounts, ledger.clock.today('UTC'));
  }

  /** One step of a history, up to two days after the last; one that is refused changes nothing. Tells whether it was taken. */
  async step(): Promise<boolean> {
    const { clock } = this.ledger;
    clock.set(new Date(Date.parse(clock.now()) + this.below(3) * dayMs).toISOString());
    const account = this.accounts[this.below(this.accounts.length)];
    if (!account) return false;
    const target = {
      account,
      line: await this.lineOf(account),
      day: this.dayBefore(25),
      amount: 1 + this.below(20_000),
    };
    const steps = this.stepsOn(target);
    const step = steps[this.below(steps.length)];
    try {
      await transaction(this.ledger.db(), (tx) => step?.(tx) ?? Promise.resolve());
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /** Any day of the histories so far. */
  day(): string {
    const now = this.ledger.clock.today('UTC');
    const days = Math.round((Date.parse(now) - Date.parse(this.begins)) / dayMs);
    return new Date(Date.parse(this.begins) + this.below(days + 1) * dayMs).toISOString().slice(0, 10);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private dayBefore(daysMax: number): string {
    const day = new Date(Date.parse(this.ledger.clock.now()) - this.below(daysMax) * dayMs).toISOString().slice(0, 10);
    return day < this.begins ? this.begins : day;
  }

  private stepsOn({ account, line, day, amount }: Target): readonly ((tx: Db) => Promise<unknown>)[] {
    const { clock } = this.ledger;
    const { id: accountId, currency } = account;
    const payment = { accountId, currency, effectiveDate: day };
    const closing = { billLineId: line, amount, effectiveDate: day };
    const booked = (kinds: readonly string[]): Promise<string> => this.bookedOf(account, kinds);
    const reason = 'a mistake';
    const kinds = ['payment', 'write-off', 'adjustment', 'queueing', 'recall', 'credit-application'];
    return [
      (tx) => this.invoice(tx, accountId, day),
      (tx) => this.invoice(tx, accountId, day),
      (tx) => recordPayment(tx, clock, supervisor, { ...payment, amount }),
      (tx) => recordPayment(tx, clock, supervisor, { ...payment, amount: amount * 2 }),
      (tx) => recordPayment(tx, clock, supervisor, { ...payment, amount: amount % 900, payerCode: 'SPRNT' }),
      (tx) => recordPayment(tx, clock, supervisor, { ...payment, amount: amount % 900, payerCode: 'INS' }),
      (tx) => writeOff(tx, clock, supervisor, { ...closing, amount: amount % 3_000, transactionTypeCode: 'coupon' }),
      (tx) => adjust(tx, clock, supervisor, { ...closing, amount: amount % 3_000, transactionTypeCode: 'EXCOL' }),
      (tx) => queueLines(tx, clock, supervisor, { billLineIds: [line], payerCode: 'INS', responsibilityDate: day }),
      (tx) => queueLines(tx, clock, supervisor, { billLineIds: [line], payerCode: 'SELF', responsibilityDate: day }),
      (tx) =>
        referToAgency(tx, clock, supervisor, { billLineId: line, payerCode: 'SPRNT', transactionTypeCode: customType }),
      (tx) => recallFromAgency(tx, clock, supervisor, { accountId, payerCode: 'SPRNT' }),
      async (tx) => returnPayment(tx, clock, supervisor, await booked(['payment']), { effectiveDate: day }),
      async (tx) => reverseTransaction(tx, clock, supervisor, await booked(kinds), { reason }),
    ];
  }

  private async invoice(tx: Db, accountId: string, invoiceDate: string): Promise<void> {
    this.count += 1;
    const lines = Array.from({ length: 1 + this.below(2) }, () => ({
      serviceTypeCode: 'service',
      dateOfService: invoiceDate,
      amount: this.below(50_000),
    }));
    const dates = { invoiceDate, dueDate: invoiceDate };
    await issueInvoice(tx, this.ledger.clock, supervisor, { accountId, number: `I${this.count}`, ...dates, lines });
  }

  private lineOf({ id }: Account): Promise<string> {
    return this.nth(sql`SELECT id FROM bill_lines WHERE account_id = ${id} ORDER BY id`);
  }

  private bookedOf({ id }: Account, kinds: readonly string[]): Promise<string> {
    return this.nth(
      sql`SELECT id FROM transactions WHERE account_id = ${id} AND kind = ANY(${[...kinds]}::text[]) ORDER BY id`,
    );
  }

  private async nth(query: RawBuilder<unknown>): Promise<string> {
    const counted = await row<{ count: number }>(this.ledger.db(), sql`SELECT count(*) AS count FROM (${query}) found`);
    const offset = this.below(counted?.count ?? 0);
    return (await row<{ id: string }>(this.ledger.db(), sql`${query} OFFSET ${offset} LIMIT 1`))?.id ?? nobody;
  }
}

interface Target {
  readonly account: Account;
  readonly line: string;
  readonly day: string;
  readonly amount: number;
}
