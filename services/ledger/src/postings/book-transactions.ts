import { currentCommand, prepared, rows, run, sql, type Db } from '@recoup/service-kit';
import { insertPostingsSql, insertTransactionsSql, openBillLinesSql } from './book-transactions.sql.js';
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
  /** The request, message or bulk action that caused it (LED-2). */
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

const inSomeKinds = {
  invoiceId: null,
  billLineId: null,
  reference: null,
  reason: null,
  reversesId: null,
  payerId: null,
  paymentId: null,
} as const;

/** What a transaction has only in some kinds, and the command that causes it. */
export function plainTransaction() {
  return { ...inSomeKinds, commandId: currentCommand()?.id ?? null };
}

/** Fresh UUIDv7s, for rows that others refer to before they are written. */
export async function newIds(tx: Db, count: number): Promise<string[]> {
  const made = await rows<{ id: string }>(tx, prepared`SELECT uuidv7() AS id FROM generate_series(1, ${count}::int)`);
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
 * Books transactions with the bill lines that they open and their postings, all in one statement, for every booking pays
 * each journey to the database; the database moves the running figures with the postings, netted by line and account.
 * @throws a database error when a line or a credit would go below 0: callers check that under the lock.
 */
export async function bookTransactions(tx: Db, booked: readonly NewTransaction[]): Promise<void> {
  if (booked.length === 0) return;
  const command = currentCommand();
  const transactions = booked.map((transaction) => ({
    ...transaction,
    commandPart: command?.nextPart() ?? 0,
    postings: undefined,
    opens: undefined,
  }));
  const opened = booked.flatMap(({ id, accountId, opens = [] }) =>
    opens.map((line) => ({ ...line, accountId, openedBy: id })),
  );
  const postings = booked.flatMap(({ id, accountId, postings: own }) =>
    own.map(({ line, ...posting }) => ({ ...posting, ...line, transactionId: id, accountId })),
  );
  const before = [sql`booked AS (${insertTransactionsSql(JSON.stringify(transactions))})`];
  if (opened.length > 0) before.push(sql`opened AS (${openBillLinesSql(JSON.stringify(opened))})`);
  const text = booked.length === 1 ? prepared : sql;
  await run(tx, text`WITH ${sql.join(before)} ${insertPostingsSql(JSON.stringify(postings))}`);
}
