import { defineRecords, rows, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import type { LockedAccount } from '../accounts/lock-account.js';
import type { NewTransaction } from '../postings/book-transactions.js';
import type { TransactionKind } from '../postings/posting-rules.js';
import { balanceChangeOf, creditMovementsOf } from '../postings/posting.js';
import { creditChange, selfChange } from '../reports/trial-balance.sql.js';

/** A transaction as it is shown (LED-2); amount in minor units of its currency. */
export interface TransactionView {
  readonly id: string;
  readonly typeCode: string;
  readonly kind: TransactionKind;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly currency: string;
  readonly invoiceId: string | null;
  readonly billLineId: string | null;
  readonly amount: number;
  /** How it changed what the account itself owes: below 0 where that became less. */
  readonly balanceChange: number;
  /** How it changed what stands as the account's credit; no part of the balance (`rulings`, 1). */
  readonly creditChange: number;
  readonly effectiveDate: string;
  readonly recordedAt: string;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly actor: string;
  readonly commandId: string | null;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
  /** The payer who paid, to whom it was queued or from whom it was recalled; null where only the account is concerned. */
  readonly payerCode: string | null;
  readonly payerId: string | null;
  /** The payment in whose window it was booked (LED-41). */
  readonly paymentId: string | null;
}

const posted = (change: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT coalesce(sum(${change}), 0)::bigint FROM postings p WHERE p.transaction_id = t.id)`;

const columns = sql`t.id, t.type_code AS "typeCode", t.kind, t.account_id AS "accountId",
  a.number AS "accountNumber", o.code AS "officeCode", t.currency, t.invoice_id AS "invoiceId", t.bill_line_id AS "billLineId",
  t.amount, ${posted(selfChange(sql`p`))} AS "balanceChange", ${posted(creditChange(sql`p`))} AS "creditChange",
  t.effective_date AS "effectiveDate", t.recorded_at AS "recordedAt", t.reference, t.reason, t.actor,
  t.command_id AS "commandId", t.reverses_id AS "reversesId",
  (SELECT r.id FROM transactions r WHERE r.reverses_id = t.id) AS "reversedById",
  (SELECT y.code FROM payers y WHERE y.id = t.payer_id) AS "payerCode", t.payer_id AS "payerId",
  t.payment_id AS "paymentId"`;

const from = sql`transactions t JOIN accounts a ON a.id = t.account_id JOIN offices o ON o.id = t.office_id`;
const common = { columns, from, id: sql`t.id`, office: sql`o.code` };

export const transactions = defineRecords<TransactionView>({
  ...common,
  name: 'transactions',
  entity: 'transaction',
});

/** Transactions that are payments. */
export const payments = defineRecords<TransactionView>({
  ...common,
  name: 'payments',
  entity: 'payment',
  where: sql`t.kind = 'payment'`,
});

/** Transactions of a locked account by their ids, in order of id. */
export function readTransactions(tx: Db, ids: readonly string[]): Promise<TransactionView[]> {
  return rows<TransactionView>(
    tx,
    sql`SELECT ${columns} FROM ${from} WHERE t.id = ANY(${[...ids]}::uuid[]) ORDER BY t.id`,
  );
}

/**
 * A transaction that names no payer, as it is shown when it has just been booked: what `transactions.one` would answer,
 * without asking the database for what is known.
 */
export function asBooked(
  booked: NewTransaction & { readonly payerId: null },
  { number, officeCode }: LockedAccount,
): TransactionView {
  const { id, typeCode, kind, accountId, currency, invoiceId, billLineId, amount, effectiveDate } = booked;
  const { reference, reason, actor, commandId, reversesId, payerId, paymentId } = booked;
  const recordedAt = new Date(booked.recordedAt).toISOString();
  const what = { id, typeCode, kind, accountId, accountNumber: number, officeCode, currency, invoiceId, billLineId };
  const balanceChange = balanceChangeOf(booked.postings);
  const creditMoved = creditMovementsOf(booked.postings).reduce((sum, moved) => sum + moved.amount, 0);
  const how = {
    amount,
    balanceChange,
    creditChange: creditMoved,
    effectiveDate,
    recordedAt,
    reference,
    reason,
    actor,
    commandId,
    reversesId,
  };
  return { ...what, ...how, reversedById: null, payerCode: null, payerId, paymentId };
}
