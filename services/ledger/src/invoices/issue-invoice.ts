import { businessDate, currencyCode, uuid } from '@recoup/contracts';
import {
  againstRule,
  recordAudit,
  row,
  rows,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type Db,
} from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccount, requireCurrency, requireNotFuture } from '../accounts/lock-account.js';
import { applyCredit } from '../credit/apply-credit.js';
import { linesMax } from '../postings/allocation.js';
import { lineOfText } from '../accounts/plain-text.js';
import { amountMax } from '../postings/amount-max.js';
import { bookTransactions, handOut, newIds } from '../postings/book-transactions.js';
import { chargeOf, issuedEvent, newLine, totalOf, writeInvoices, type NewInvoice } from './issue-invoices.js';
import { invoices, type InvoiceView } from './invoice-view.js';

/** An invoice with its service lines (LED-22). */
export const invoiceRequest = z.strictObject({
  accountId: uuid,
  number: lineOfText,
  invoiceDate: businessDate,
  dueDate: businessDate,
  currency: currencyCode.optional(),
  lines: z.array(newLine).min(1).max(linesMax),
});
export type InvoiceRequest = z.infer<typeof invoiceRequest>;

/** An invoice with its transaction; a service line with its bill line. */
export const idsPerInvoice = 2;
export const idsPerLine = 2;

/**
 * Issues an invoice; the account's credit is applied to it at once if the office says so (LED-22, LED-30).
 * @throws DomainError 404, 409 `invoice-number-taken`, 422 `currency`, `future-date`, `due-before-invoice`, `unknown-service-type`,
 * `unknown-subscription`, `total-too-large`
 */
export async function issueInvoice(tx: Db, clock: Clock, actor: Actor, given: InvoiceRequest): Promise<InvoiceView> {
  const account = await lockAccount(tx, clock, actor, given.accountId);
  if (given.currency !== undefined) requireCurrency(given.currency, account.currency);
  requireNotFuture(given.invoiceDate, account.today, 'invoiceDate');
  requireDueLater(given);
  await requireServiceTypes(tx, given.lines);
  await requireSubscriptions(tx, given);
  await requireFreeNumber(tx, account.officeId, given.number);
  const invoice = invoiceOf(given, account, handOut(await newIds(tx, idsPerInvoice + given.lines.length * idsPerLine)));
  if (totalOf(invoice) > amountMax)
    throw againstRule('total-too-large', `An invoice may be at most ${amountMax} minor units in all.`, [
      { field: 'lines', message: 'come to more than an invoice may', expected: `at most ${amountMax} in all` },
    ]);
  const recordedAt = clock.now();
  await writeInvoices(tx, [invoice], recordedAt);
  await bookTransactions(tx, [chargeOf(invoice, recordedAt, actor.user)]);
  const credited = account.credit > 0 ? await applyCredit(tx, [invoice.id], { actor: actor.user, recordedAt }) : [];
  await publishAccountEvents(tx, [issuedEvent(invoice, recordedAt), ...credited]);
  const audit = { actor: actor.user, action: 'issue-invoice', entityType: 'invoice', entityId: invoice.id };
  await recordAudit(tx, { ...audit, accountId: account.id, after: { number: given.number, total: totalOf(invoice) } });
  return invoices.one(tx, invoice.id, actor);
}

async function requireServiceTypes(tx: Db, lines: InvoiceRequest['lines']): Promise<void> {
  const codes = [...new Set(lines.map(({ serviceTypeCode }) => serviceTypeCode))];
  const known = await rows<{ code: string }>(
    tx,
    sql`SELECT code FROM service_types WHERE code = ANY(${codes}::text[])`,
  );
  const unknown = codes.filter((each) => !known.some(({ code }) => code === each));
  if (unknown.length === 0) return;
  const index = lines.findIndex(({ serviceTypeCode }) => unknown.includes(serviceTypeCode));
  throw againstRule('unknown-service-type', `There is no service type ${unknown.join(', ')}.`, [
    {
      field: `lines.${index}.serviceTypeCode`,
      message: 'is not a service type',
      expected: 'a code of GET service-types',
    },
  ]);
}

function requireDueLater({ invoiceDate, dueDate }: InvoiceRequest): void {
  if (dueDate >= invoiceDate) return;
  throw againstRule('due-before-invoice', `The invoice is of ${invoiceDate}; it can't be due before that.`, [
    { field: 'dueDate', message: 'is before the invoice', expected: `at least ${invoiceDate}` },
  ]);
}

/** A line is for a subscription of the account itself, of any status: what was delivered is charged. */
async function requireSubscriptions(tx: Db, { accountId, lines }: InvoiceRequest): Promise<void> {
  const ids = new Set(lines.flatMap(({ subscriptionId }) => (subscriptionId === undefined ? [] : [subscriptionId])));
  if (ids.size === 0) return;
  const known = await rows<{ id: string }>(
    tx,
    sql`SELECT id FROM subscriptions WHERE account_id = ${accountId} AND id = ANY(${[...ids]}::uuid[])`,
  );
  const own = new Set(known.map(({ id }) => id));
  const index = lines.findIndex(({ subscriptionId }) => subscriptionId !== undefined && !own.has(subscriptionId));
  if (index < 0) return;
  throw againstRule('unknown-subscription', 'The account has no such subscription.', [
    {
      field: `lines.${index}.subscriptionId`,
      message: 'is no subscription of the account',
      expected: 'the id of one of GET subscriptions',
    },
  ]);
}

async function requireFreeNumber(tx: Db, officeId: string, number: string): Promise<void> {
  const taken = await row<{ id: string }>(
    tx,
    sql`SELECT id FROM invoices WHERE office_id = ${officeId} AND number = ${number}`,
  );
  if (taken)
    throw wrongState(
      'invoice-number-taken',
      `The office already has an invoice ${number}; numbers are unique within an office.`,
    );
}

function invoiceOf(
  given: InvoiceRequest,
  account: { id: string; officeId: string; currency: string },
  next: () => string,
): NewInvoice {
  const { number, invoiceDate, dueDate } = given;
  return {
    id: next(),
    transactionId: next(),
    accountId: account.id,
    officeId: account.officeId,
    currency: account.currency,
    number,
    invoiceDate,
    dueDate,
    settledOn: null,
    importedDisputed: null,
    lines: given.lines.map(({ description, subscriptionId, ...line }) => ({
      ...line,
      subscriptionId: subscriptionId ?? null,
      serviceLineId: next(),
      billLineId: next(),
      description: description ?? null,
    })),
  };
}
