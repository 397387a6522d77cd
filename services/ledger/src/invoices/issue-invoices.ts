import { businessDate, amount as amountSchema, uuid } from '@recoup/contracts';
import { run, sql, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import type { AccountEvent } from '../accounts/account-events.js';
import { plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { amountMax } from '../postings/amount-max.js';
import type { Posting } from '../postings/posting.js';
import { selfSides } from '../postings/posting-rules.js';
import { freeText } from '../transactions/free-text.js';

/** A line as a request gives it: amount in minor units of the account's currency, 0 allowed; a subscription of the account. */
export const newLine = z.strictObject({
  serviceTypeCode: z.string().min(1).max(40),
  dateOfService: businessDate,
  amount: amountSchema.max(amountMax),
  description: freeText(500).optional(),
  subscriptionId: uuid.optional(),
});

/** An invoice with the ids of its parts, ready to be written. */
export interface NewInvoice {
  readonly id: string;
  readonly transactionId: string;
  readonly accountId: string;
  readonly officeId: string;
  readonly currency: string;
  readonly number: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly settledOn: string | null;
  readonly importedDisputed: boolean | null;
  readonly lines: readonly {
    readonly serviceLineId: string;
    readonly billLineId: string;
    readonly serviceTypeCode: string;
    readonly dateOfService: string;
    readonly amount: number;
    readonly description: string | null;
    readonly subscriptionId?: string | null;
  }[];
}

export function totalOf(invoice: Pick<NewInvoice, 'lines'>): number {
  return invoice.lines.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * Writes invoices with their service lines, each queued to Self as one bill line (LED-22, LED-23). What they charge is
 * booked by `chargeOf`, which also opens the lines.
 */
export async function writeInvoices(tx: Db, invoices: readonly NewInvoice[], recordedAt: string): Promise<void> {
  if (invoices.length === 0) return;
  const heads = invoices.map(({ lines, ...head }) => ({ ...head, total: totalOf({ lines }) }));
  await run(
    tx,
    sql`INSERT INTO invoices (id, account_id, office_id, number, invoice_date, due_date, total, currency, settled_on, imported_disputed, recorded_at)
        SELECT "id", "accountId", "officeId", "number", "invoiceDate", "dueDate", "total", "currency", "settledOn", "importedDisputed", ${recordedAt}::timestamptz
        FROM json_to_recordset(${JSON.stringify(heads)}::json)
          AS t ("id" uuid, "accountId" uuid, "officeId" uuid, "number" text, "invoiceDate" date, "dueDate" date, "total" bigint,
                "currency" text, "settledOn" date, "importedDisputed" boolean)`,
  );
  const lines = JSON.stringify(
    invoices.flatMap(({ id, accountId, invoiceDate, lines: own }) =>
      own.map((line) => ({ ...line, invoiceId: id, accountId, responsibilityDate: invoiceDate })),
    ),
  );
  await run(
    tx,
    sql`INSERT INTO service_lines (id, invoice_id, service_type_code, date_of_service, amount, description, subscription_id)
        SELECT "serviceLineId", "invoiceId", "serviceTypeCode", "dateOfService", "amount", "description", "subscriptionId"
        FROM json_to_recordset(${lines}::json)
          AS t ("serviceLineId" uuid, "invoiceId" uuid, "serviceTypeCode" text, "dateOfService" date, "amount" bigint, "description" text,
                "subscriptionId" uuid)`,
  );
  await run(
    tx,
    sql`INSERT INTO bill_lines (id, service_line_id, invoice_id, account_id, payer_id, amount, responsibility_date)
        SELECT "billLineId", "serviceLineId", "invoiceId", "accountId", p.id, "amount", "responsibilityDate"
        FROM json_to_recordset(${lines}::json)
          AS t ("billLineId" uuid, "serviceLineId" uuid, "invoiceId" uuid, "accountId" uuid, "amount" bigint, "responsibilityDate" date)
        JOIN payers p ON p.code = 'SELF'`,
  );
}

/** The transaction that books what an invoice charges, from its date on; lines of 0 need no posting. */
export function chargeOf(invoice: NewInvoice, recordedAt: string, actor: string): NewTransaction {
  const { id, transactionId, accountId, officeId, currency, invoiceDate, number, lines } = invoice;
  const postings = lines
    .filter(({ amount }) => amount > 0)
    .map(({ billLineId, amount }): Posting => ({
      ...selfSides('charge'),
      amount,
      effectiveDate: invoiceDate,
      line: { invoiceId: id, billLineId },
      sourceId: null,
    }));
  return {
    ...plainTransaction(),
    id: transactionId,
    typeCode: 'invoice',
    kind: 'invoice',
    accountId,
    officeId,
    currency,
    invoiceId: id,
    amount: totalOf(invoice),
    effectiveDate: invoiceDate,
    recordedAt,
    actor,
    reference: number,
    postings,
  };
}

/** The event of an invoice. */
export function issuedEvent(invoice: NewInvoice, recordedAt: string): AccountEvent {
  const { accountId, id, number, invoiceDate, dueDate, currency, lines } = invoice;
  return {
    type: 'recoup.ledger.invoice-issued.v1',
    data: {
      accountId,
      invoiceId: id,
      number,
      invoiceDate,
      dueDate,
      total: totalOf(invoice),
      currency,
      recordedAt,
      lines: lines.map(
        ({ serviceLineId, billLineId, serviceTypeCode, dateOfService, amount, subscriptionId = null }) => ({
          serviceLineId,
          billLineId,
          serviceTypeCode,
          dateOfService,
          amount,
          payerCode: 'SELF',
          payerType: 'self' as const,
          responsibilityDate: invoiceDate,
          subscriptionId,
        }),
      ),
    },
  };
}
