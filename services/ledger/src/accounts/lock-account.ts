import {
  againstRule,
  Clock,
  notFound,
  officeScope,
  prepared,
  row,
  sql,
  type Actor,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import type { AccountStatus } from '@recoup/contracts';

/** An account whose row is locked for the transaction, with what bookings need of its office. */
export interface LockedAccount {
  readonly id: string;
  readonly number: string;
  readonly officeId: string;
  readonly officeCode: string;
  readonly applyCredit: boolean;
  readonly currency: string;
  readonly status: AccountStatus;
  readonly balance: number;
  readonly credit: number;
  readonly sequence: number;
  readonly contactSequence: number;
  readonly version: number;
  /** Since when nothing personal is kept of it (S28). */
  readonly erasedAt: string | null;
  /** The office's business date now. */
  readonly today: string;
}

type Found = Omit<LockedAccount, 'today'> & { timeZone: string };

/**
 * Locks an account before anything else in the transaction (law 9).
 * @throws DomainError 404 when there is none, or none in the actor's offices
 */
export async function lockAccount(tx: Db, clock: Clock, actor: Actor, accountId: string): Promise<LockedAccount> {
  return lockWhere(tx, clock, actor, sql`a.id = ${accountId}`, 'account');
}

/** Locks the account that an invoice belongs to. */
export async function lockAccountOfInvoice(
  tx: Db,
  clock: Clock,
  actor: Actor,
  invoiceId: string,
): Promise<LockedAccount> {
  return lockWhere(tx, clock, actor, sql`a.id = (SELECT account_id FROM invoices WHERE id = ${invoiceId})`, 'invoice');
}

/** Locks the account that a bill line belongs to. */
export async function lockAccountOfBillLine(
  tx: Db,
  clock: Clock,
  actor: Actor,
  billLineId: string,
): Promise<LockedAccount> {
  return lockWhere(
    tx,
    clock,
    actor,
    sql`a.id = (SELECT account_id FROM bill_lines WHERE id = ${billLineId})`,
    'bill line',
  );
}

/** Locks the account that a transaction belongs to. */
export async function lockAccountOfTransaction(
  tx: Db,
  clock: Clock,
  actor: Actor,
  transactionId: string,
): Promise<LockedAccount> {
  return lockWhere(
    tx,
    clock,
    actor,
    sql`a.id = (SELECT account_id FROM transactions WHERE id = ${transactionId})`,
    'transaction',
  );
}

async function lockWhere(
  tx: Db,
  clock: Clock,
  actor: Actor,
  which: RawBuilder<unknown>,
  what: string,
): Promise<LockedAccount> {
  const found = await row<Found>(
    tx,
    prepared`SELECT a.id, a.number, a.office_id AS "officeId", o.code AS "officeCode", o.apply_credit AS "applyCredit", a.currency,
               a.status, a.balance, a.credit, a.sequence, a.contact_sequence AS "contactSequence", a.version,
               a.erased_at AS "erasedAt",
               o.time_zone AS "timeZone"
        FROM accounts a JOIN offices o ON o.id = a.office_id
        WHERE ${which} AND ${officeScope(actor, sql`o.code`)} FOR UPDATE OF a`,
  );
  if (!found) throw notFound(what);
  const { timeZone, ...account } = found;
  return { ...account, today: clock.today(timeZone) };
}

/**
 * No transaction takes effect after the office's today (`rulings`, 6).
 * @throws DomainError 422 `future-date`
 */
export function requireNotFuture(date: string, today: string, field: string): void {
  if (date <= today) return;
  throw againstRule('future-date', `${field} is ${date}, after the office's today, ${today}.`, [
    { field, message: 'is after the office’s today', expected: `at most ${today}` },
  ]);
}

/**
 * Money moves in the account's currency only (`rulings`, 3).
 * @throws DomainError 422 `currency`
 */
export function requireCurrency(given: string, currency: string): void {
  if (given === currency) return;
  throw againstRule('currency', `The account is kept in ${currency}, not in ${given}.`, [
    { field: 'currency', message: 'is not the account’s', expected: currency },
  ]);
}
