import { rows, run, sql, type Db } from '@recoup/service-kit';
import type { TransactionKind } from './posting-rules.js';
import type { Posting } from './posting.js';

/** A transaction to be booked on a locked account (LED-2). Amount in minor units of the account's currency. */
export interface NewTransaction {
  readonly id: string;
  readonly typeCode: string;
  readonly kind: TransactionKind;
  readonly accountId: string;
  readonly officeId: string;
  readonly currency: string;
  readonly amount: number;
  readonly effectiveDate: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly invoiceId: string | null;
  readonly billLineId: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly commandId: string | null;
  readonly reversesId: string | null;
  /** The payer who paid, to whom it was queued or from whom it was recalled; null where only the account is concerned. */
  readonly payerId: string | null;
  /** The payment in whose window it was booked (LED-41). */
  readonly paymentId: string | null;
  readonly postings: readonly Posting[];
  /** Bill lines that it opens for another payer; its postings say how much is open of them. */
  readonly opens?: readonly OpenedLine[];
}

/** A bill line that is opened for a payer, of a service line that is known: amount in minor units (LED-23). */
export interface OpenedLine {
  readonly billLineId: string;
  readonly serviceLineId: string;
  readonly invoiceId: string;
  readonly payerId: string;
  readonly amount: number;
  readonly responsibilityDate: string;
}

/** What a transaction has only in some kinds. */
export const plainTransaction = {
  invoiceId: null,
  billLineId: null,
  reference: null,
  reason: null,
  commandId: null,
  reversesId: null,
  payerId: null,
  paymentId: null,
} as const;

/** Fresh UUIDv7s, for rows that others refer to before they are written. */
export async function newIds(tx: Db, count: number): Promise<string[]> {
  const made = await rows<{ id: string }>(tx, sql`SELECT uuidv7() AS id FROM generate_series(1, ${count}::int)`);
  return made.map(({ id }) => id);
}

/**
 * Hands fresh ids out in the order in which they were made, for the lines of an invoice are paid in the order of their ids.
 * The function throws when more are taken than there are.
 */
export function handOut(ids: readonly string[]): () => string {
  let taken = 0;
  return () => {
    const id = ids[taken];
    taken += 1;
    if (id === undefined) throw new Error('More ids are needed than were made');
    return id;
  };
}

/** One fresh UUIDv7. */
export async function newId(tx: Db): Promise<string> {
  const [id] = await newIds(tx, 1);
  if (id === undefined) throw new Error('uuidv7() answered nothing');
  return id;
}

/**
 * Books transactions with their postings, each as one statement; the database moves the running figures with the
 * postings, netted by line and account.
 * @throws a database error when a line or a credit would go below 0: callers check that under the lock.
 */
export async function bookTransactions(tx: Db, booked: readonly NewTransaction[]): Promise<void> {
  if (booked.length === 0) return;
  const transactions = booked.map((transaction) => ({ ...transaction, postings: undefined, opens: undefined }));
  await run(
    tx,
    sql`INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, invoice_id, bill_line_id, amount,
                                  effective_date, recorded_at, reference, reason, actor, command_id, reverses_id,
                                  payer_id, payment_id)
        SELECT "id", "typeCode", "kind", "accountId", "officeId", "currency", "invoiceId", "billLineId", "amount",
               "effectiveDate", "recordedAt", "reference", "reason", "actor", "commandId", "reversesId", "payerId", "paymentId"
        FROM json_to_recordset(${JSON.stringify(transactions)}::json)
          AS t ("id" uuid, "typeCode" text, "kind" text, "accountId" uuid, "officeId" uuid, "currency" text, "invoiceId" uuid,
                "billLineId" uuid, "amount" bigint, "effectiveDate" date, "recordedAt" timestamptz, "reference" text,
                "reason" text, "actor" text, "commandId" text, "reversesId" uuid, "payerId" uuid,
                "paymentId" uuid)`,
  );
  await openBillLines(tx, booked);
  const postings = booked.flatMap(({ id, accountId, postings: own }) =>
    own.map(({ line, ...posting }) => ({ ...posting, ...line, transactionId: id, accountId })),
  );
  if (postings.length === 0) return;
  await run(
    tx,
    sql`INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
        SELECT "transactionId", "accountId", "invoiceId", "billLineId", "debit", "credit", "amount", "effectiveDate", "sourceId"
        FROM json_to_recordset(${JSON.stringify(postings)}::json)
          AS t ("transactionId" uuid, "accountId" uuid, "invoiceId" uuid, "billLineId" uuid, "debit" text, "credit" text,
                "amount" bigint, "effectiveDate" date, "sourceId" uuid)`,
  );
}

/** Opens bill lines between their transaction, which they name, and its postings, which name them. */
async function openBillLines(tx: Db, booked: readonly NewTransaction[]): Promise<void> {
  const opened = booked.flatMap(({ id, accountId, opens = [] }) =>
    opens.map((line) => ({ ...line, accountId, openedBy: id })),
  );
  if (opened.length === 0) return;
  await run(
    tx,
    sql`INSERT INTO bill_lines (id, service_line_id, invoice_id, account_id, payer_id, amount, responsibility_date, opened_by)
        SELECT "billLineId", "serviceLineId", "invoiceId", "accountId", "payerId", "amount", "responsibilityDate", "openedBy"
        FROM json_to_recordset(${JSON.stringify(opened)}::json)
          AS t ("billLineId" uuid, "serviceLineId" uuid, "invoiceId" uuid, "accountId" uuid, "payerId" uuid, "amount" bigint,
                "responsibilityDate" date, "openedBy" uuid)`,
  );
}
