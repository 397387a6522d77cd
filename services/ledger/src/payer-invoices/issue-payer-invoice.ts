import {
  againstRule,
  recordAudit,
  row,
  rows,
  run,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { publishAccountEvents, type AccountEvent } from '../accounts/account-events.js';
import { lockAccount, requireNotFuture, type LockedAccount } from '../accounts/lock-account.js';
import { requirePayer, type PayerView } from '../payers/payer.js';
import { linesMax } from '../postings/allocation.js';
import { payerInvoices, type NewPayerInvoice, type PayerInvoiceView } from './payer-invoice.js';

interface Line {
  readonly billLineId: string;
  readonly open: number;
  readonly responsibilityDate: string;
  readonly payerInvoiceId: string | null;
}

/**
 * Makes out an invoice to a payer from the bill lines that are queued to it (LED-24). It charges nothing anew: its total
 * is what is open of them. A line stands on one payer invoice only.
 * @throws DomainError 404, 422 `unknown-payer` and as `bookPayerInvoice`
 */
export async function issuePayerInvoice(
  tx: Db,
  clock: Clock,
  actor: Actor,
  given: NewPayerInvoice,
): Promise<PayerInvoiceView> {
  const account = await lockAccount(tx, clock, actor, given.accountId);
  const payer = await requirePayer(tx, given.payerCode);
  const { id, event } = await bookPayerInvoice(tx, clock, actor, account, payer, given);
  await publishAccountEvents(tx, [event]);
  const { number, total } = event.data;
  const audit = { actor: actor.user, action: 'issue-payer-invoice', entityType: 'payer-invoice', entityId: id };
  await recordAudit(tx, { ...audit, accountId: account.id, after: { payerCode: payer.code, number, total } });
  return payerInvoices.one(tx, id, actor);
}

type PayerInvoiceIssued = Extract<AccountEvent, { type: 'recoup.ledger.payer-invoice-issued.v1' }>;

/**
 * Writes a payer's invoice of a locked account, before its event is published.
 * @throws DomainError 422 `self-payer`, `nothing-open`, `not-queued-to-payer`, `too-many-lines`, `future-date`,
 * `before-responsibility`, 409 `already-invoiced`, `invoice-number-taken`, `no-free-number`
 */
export async function bookPayerInvoice(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  payer: PayerView,
  given: Omit<NewPayerInvoice, 'accountId' | 'payerCode'>,
): Promise<{ id: string; event: PayerInvoiceIssued }> {
  if (payer.type === 'self')
    throw againstRule('self-payer', 'What the account itself owes stands on its own invoices.', [
      { field: 'payerCode', message: 'is Self', expected: 'a payer of type insurer or generic' },
    ]);
  const { invoiceDate = account.today } = given;
  requireNotFuture(invoiceDate, account.today, 'invoiceDate');
  const lines = await linesOf(tx, account.id, payer, given.billLineIds);
  requireResponsibleOn(invoiceDate, lines);
  const number = given.number ?? (await nextNumber(tx, account.officeId, payer.code));
  const billLineIds = lines.map(({ billLineId }) => billLineId);
  const total = lines.reduce((sum, { open }) => sum + open, 0);
  const { id: accountId, officeId, currency } = account;
  const made = await row<{ id: string }>(
    tx,
    sql`INSERT INTO payer_invoices (account_id, office_id, currency, payer_id, number, invoice_date, total, actor, recorded_at)
        VALUES (${accountId}, ${officeId}, ${currency}, ${payer.id}, ${number}, ${invoiceDate}::date, ${total}::bigint, ${actor.user},
                ${clock.now()}::timestamptz)
        ON CONFLICT (office_id, number) DO NOTHING RETURNING id`,
  );
  if (!made)
    throw wrongState('invoice-number-taken', `The office already has a payer invoice ${number}; leave the number out.`);
  await run(tx, sql`UPDATE bill_lines SET payer_invoice_id = ${made.id} WHERE id = ANY(${billLineIds}::uuid[])`);
  const head = { accountId, payerInvoiceId: made.id, payerCode: payer.code, number, invoiceDate, total, currency };
  return { id: made.id, event: { type: 'recoup.ledger.payer-invoice-issued.v1', data: { ...head, billLineIds } } };
}

/** The lines named, else every open one of the payer's that stands on no payer invoice; oldest service first. */
async function linesOf(
  tx: Db,
  accountId: string,
  payer: PayerView,
  ids: readonly string[] | undefined,
): Promise<Line[]> {
  const which: RawBuilder<unknown> =
    ids === undefined ? sql`b.open_amount > 0 AND b.payer_invoice_id IS NULL` : sql`b.id = ANY(${[...ids]}::uuid[])`;
  const lines = await rows<Line>(
    tx,
    sql`SELECT b.id AS "billLineId", b.open_amount AS open, b.responsibility_date AS "responsibilityDate",
               b.payer_invoice_id AS "payerInvoiceId"
        FROM bill_lines b JOIN service_lines s ON s.id = b.service_line_id
        WHERE b.account_id = ${accountId} AND b.payer_id = ${payer.id} AND b.opened_by IS NOT NULL AND ${which}
        ORDER BY s.date_of_service, b.id LIMIT ${linesMax + 1}`,
  );
  if (lines.length > linesMax)
    throw againstRule(
      'too-many-lines',
      `More than ${linesMax} lines are queued to ${payer.code}. Name them by billLineIds.`,
      [{ field: 'billLineIds', message: 'are left out', expected: `at most ${linesMax} bill lines` }],
    );
  if (lines.length === 0 && ids === undefined)
    throw againstRule('nothing-open', `Nothing open is queued to ${payer.code} that isn't on an invoice of it.`, [
      {
        field: 'payerCode',
        message: 'has nothing that is not invoiced',
        expected: 'a payer to whom open lines are queued',
      },
    ]);
  for (const [index, id] of (ids ?? []).entries()) requireInvoiceable(lines, id, `billLineIds.${index}`, payer.code);
  return lines;
}

function requireInvoiceable(lines: readonly Line[], id: string, field: string, payerCode: string): void {
  const line = lines.find(({ billLineId }) => billLineId === id);
  if (!line)
    throw againstRule('not-queued-to-payer', `A bill line named is not queued to ${payerCode} on this account.`, [
      {
        field,
        message: `is not queued to ${payerCode}`,
        expected: 'a bill line of the account that is queued to the payer',
      },
    ]);
  if (line.payerInvoiceId !== null)
    throw wrongState('already-invoiced', 'A bill line named stands on a payer invoice already.', {
      billLineId: id,
      payerInvoiceId: line.payerInvoiceId,
    });
  if (line.open === 0)
    throw againstRule('nothing-open', 'A bill line named has nothing open.', [
      { field, message: 'has nothing open', expected: 'an open bill line' },
    ]);
}

function requireResponsibleOn(invoiceDate: string, lines: readonly Line[]): void {
  const latest = lines.map(({ responsibilityDate }) => responsibilityDate).reduce((a, b) => (a > b ? a : b));
  if (invoiceDate >= latest) return;
  throw againstRule('before-responsibility', `The payer is responsible from ${latest} on.`, [
    { field: 'invoiceDate', message: 'is before the payer was responsible', expected: `at least ${latest}` },
  ]);
}

/** How many running numbers may be taken by hand, one after another. */
const takenNumbersMax = 1000;

/** The payer's code and a running number; one that somebody gave by hand is passed over. */
async function nextNumber(tx: Db, officeId: string, payerCode: string): Promise<string> {
  for (let taken = 0; taken < takenNumbersMax; taken += 1) {
    const drawn = await row<{ number: string; taken: boolean }>(
      tx,
      sql`SELECT n.number, EXISTS (SELECT FROM payer_invoices v WHERE v.office_id = ${officeId} AND v.number = n.number) AS taken
          FROM (SELECT ${payerCode}::text || '-' || nextval('payer_invoice_numbers') AS number OFFSET 0) n`,
    );
    if (drawn?.taken === false) return drawn.number;
  }
  throw wrongState(
    'no-free-number',
    `The next ${takenNumbersMax} numbers of ${payerCode} are taken. Send it again: those after them are tried then.`,
  );
}
