import { rows, row, run, sql, transaction, type Db, type RawBuilder } from '@recoup/service-kit';
import {
  bookTransactions,
  newId,
  newIds,
  plainTransaction,
  type NewTransaction,
} from '../postings/book-transactions.js';
import { mirrored, sidesOf, type Sides } from '../postings/posting-rules.js';
import { day, type LedgerOverHttp } from './ledger-over-http.js';

const daysBack = 90;
const customType = 'custom-write-off-1';

interface Line {
  readonly id: string;
  readonly serviceLineId: string;
  readonly invoiceId: string;
  readonly accountId: string;
  readonly officeId: string;
  readonly currency: string;
  readonly open: number;
  readonly openedBy: string | null;
}

/**
 * Books of made-up histories, by the ledger's own commands where they need no agency: invoices and payments in any order,
 * late, backdated, returned, reversed, written off. Referrals, their payments and recalls are booked as transactions with
 * their postings, on any day.
 */
export class RandomBooks {
  private count = 0;

  constructor(
    private readonly ledger: LedgerOverHttp,
    private readonly random: () => number,
    readonly accounts: readonly { readonly id: string; readonly currency: string }[],
  ) {}

  /** Opens so many accounts in each of the offices. */
  static async open(
    ledger: LedgerOverHttp,
    random: () => number,
    offices: readonly { code: string; currency: string }[],
    each: number,
  ): Promise<RandomBooks> {
    const accounts = [];
    for (const { code: officeCode, currency } of offices)
      for (let n = 0; n < each; n += 1) {
        const account = { officeCode, number: `${officeCode}-${n}`, name: `Name ${n}` };
        accounts.push({ id: (await ledger.post('accounts', account)).body.id as string, currency });
      }
    return new RandomBooks(ledger, random, accounts);
  }

  /** One step of a history; what the ledger refuses changes nothing. */
  async step(): Promise<void> {
    const steps = [
      () => this.invoice(),
      () => this.invoice(),
      () => this.payment(),
      () => this.payment(),
      () => this.writeOff(),
      () => this.takeBack('payments', 'return', { effectiveDate: this.day() }),
      () => this.takeBack('transactions', 'reverse', { reason: 'a mistake' }),
      () => this.refer(),
      () => this.agencyPays(),
      () => this.recall(),
    ];
    await steps[this.below(steps.length)]?.();
  }

  day(): string {
    return day(this.ledger.service, -this.below(daysBack));
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private account(): { id: string; currency: string } {
    const found = this.accounts[this.below(this.accounts.length)];
    if (!found) throw new Error('There are no accounts');
    return found;
  }

  private async invoice(): Promise<void> {
    const [invoiceDate, dueDate] = [this.day(), this.day()].toSorted();
    this.count += 1;
    const lines = Array.from({ length: 1 + this.below(2) }, () => ({
      serviceTypeCode: 'service',
      dateOfService: invoiceDate,
      amount: this.below(50_000),
    }));
    const body = { accountId: this.account().id, number: `I${this.count}`, invoiceDate, dueDate, lines };
    await this.ledger.post('invoices', body);
  }

  private async payment(): Promise<void> {
    const { id: accountId, currency } = this.account();
    await this.ledger.post('payments', { accountId, amount: this.below(60_000), currency, effectiveDate: this.day() });
  }

  private async writeOff(): Promise<void> {
    const transactionTypeCode = this.below(2) === 0 ? 'coupon' : customType;
    const amount = 1 + this.below(9_000);
    const body = { accountId: this.account().id, amount, transactionTypeCode, effectiveDate: this.day() };
    await this.ifAllowed(() => this.ledger.post('write-offs', body));
  }

  private async takeBack(resource: string, verb: string, body: object): Promise<void> {
    const { id: accountId } = this.account();
    const { body: found } = await this.ledger.get(resource, 200, { filter: JSON.stringify({ accountId }) });
    const chosen: { id: string } | undefined = found[this.below(found.length)];
    if (chosen) await this.ifAllowed(() => this.ledger.post(`${resource}/${chosen.id}/${verb}`, body));
  }

  private async ifAllowed(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error) || !/got (409|422)/.test(error.message)) throw error;
    }
  }

  /** Writes off what is open of a line and opens a line of the agency for it. */
  private async refer(): Promise<void> {
    await this.onLine(sql`y.type = 'self'`, async (tx, line) => {
      const [writeOff = '', referral = '', agencyLine = ''] = await newIds(tx, 3);
      const on = this.day();
      await this.book(tx, line, { id: writeOff, typeCode: customType, kind: 'write-off', on }, [
        { ...sidesOf('write-off', 'self', customType), billLineId: line.id },
      ]);
      await this.book(tx, line, { id: referral, typeCode: customType, kind: 'referral', on }, [], false);
      await run(
        tx,
        sql`INSERT INTO bill_lines (id, service_line_id, invoice_id, account_id, payer_id, amount, responsibility_date, opened_by)
            SELECT ${agencyLine}, ${line.serviceLineId}, ${line.invoiceId}, ${line.accountId}, id, ${line.open}, ${on}, ${referral}
            FROM payers WHERE code = 'SPRNT'`,
      );
      await this.post(tx, line, referral, on, [{ ...sidesOf('referred', 'generic'), billLineId: agencyLine }]);
    });
  }

  private async agencyPays(): Promise<void> {
    await this.onLine(sql`y.type = 'generic'`, async (tx, line) => {
      const part = { ...line, open: 1 + this.below(line.open) };
      const id = await newId(tx);
      await this.book(tx, part, { id, typeCode: 'payment', kind: 'payment', on: this.day() }, [
        { ...sidesOf('receipt', 'generic'), billLineId: null },
        { ...sidesOf('allocation', 'generic'), billLineId: line.id },
      ]);
    });
  }

  private async recall(): Promise<void> {
    await this.onLine(sql`y.type = 'generic'`, async (tx, line) => {
      const own = await row<{ id: string }>(
        tx,
        sql`SELECT id FROM bill_lines WHERE service_line_id = ${line.serviceLineId} AND opened_by IS NULL`,
      );
      const id = await newId(tx);
      await this.book(tx, line, { id, typeCode: 'recall', kind: 'recall', on: this.day() }, [
        { ...mirrored(sidesOf('referred', 'generic')), billLineId: line.id },
        { ...mirrored(sidesOf('write-off', 'self', customType)), billLineId: own?.id ?? null },
      ]);
    });
  }

  private async onLine(which: RawBuilder<unknown>, work: (tx: Db, line: Line) => Promise<void>): Promise<void> {
    await transaction(this.ledger.db(), async (tx) => {
      const found = await rows<Line>(
        tx,
        sql`SELECT b.id, b.service_line_id AS "serviceLineId", b.invoice_id AS "invoiceId", b.account_id AS "accountId",
                   a.office_id AS "officeId", a.currency, b.open_amount AS open, b.opened_by AS "openedBy"
            FROM bill_lines b JOIN payers y ON y.id = b.payer_id JOIN accounts a ON a.id = b.account_id
            WHERE b.open_amount > 0 AND ${which} ORDER BY b.id`,
      );
      const line = found[this.below(found.length)];
      if (line) await work(tx, line);
    });
  }

  private async book(
    tx: Db,
    line: Line,
    { id, typeCode, kind, on }: { id: string; typeCode: string; kind: NewTransaction['kind']; on: string },
    postings: readonly (Sides & { billLineId: string | null })[],
    whole = true,
  ): Promise<void> {
    const { accountId, officeId, currency, open: amount } = line;
    const dates = { effectiveDate: on, recordedAt: `${day(this.ledger.service)}T12:00:00Z` };
    const booked = { ...plainTransaction, id, typeCode, kind, accountId, officeId, currency, amount, ...dates };
    await bookTransactions(tx, [{ ...booked, actor: 'test', postings: [] }]);
    if (whole) await this.post(tx, line, id, on, postings);
  }

  private async post(
    tx: Db,
    { accountId, invoiceId, open }: Line,
    transactionId: string,
    on: string,
    postings: readonly (Sides & { billLineId: string | null })[],
  ): Promise<void> {
    const values = postings.map(({ debit, credit, billLineId }) => ({
      debit,
      credit,
      billLineId,
      invoiceId: billLineId === null ? null : invoiceId,
      sourceId: [debit, credit].includes('account-credit') ? transactionId : null,
    }));
    await run(
      tx,
      sql`INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
          SELECT ${transactionId}, ${accountId}, "invoiceId", "billLineId", debit, credit, ${open}::bigint, ${on}::date, "sourceId"
          FROM json_to_recordset(${JSON.stringify(values)}::json)
            AS t (debit text, credit text, "billLineId" uuid, "invoiceId" uuid, "sourceId" uuid)`,
    );
  }
}
