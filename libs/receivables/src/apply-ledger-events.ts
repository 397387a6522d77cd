import { run as execute, sql, type Db, type Run } from '@recoup/service-kit';
import { applyAccountChanges } from './apply-account-changes.js';
import type { ConfirmErasures } from './erase-accounts.js';
import { applyMovements } from './apply-movements.sql.js';
import { ledgerChanges, type LedgerChanges } from './ledger-events.js';
import { touchedAccounts, type TouchedAccount } from './touched-accounts.js';

/** Called in the transaction of the run with the accounts it touched, for what a service derives from the projection. */
export type AfterApply = (tx: Db, touched: readonly TouchedAccount[]) => Promise<void>;

/**
 * Applies a run of the ledger's account events, of any types, set-based: creations first, then all movements at once. The
 * sequence check before it makes sure that each event comes here once.
 */
export async function applyLedgerEvents(
  { tx, messages }: Run,
  afterApply?: AfterApply,
  confirm?: ConfirmErasures,
): Promise<void> {
  const changes = ledgerChanges(messages);
  await openAccounts(tx, changes);
  await applyAccountChanges(tx, changes, confirm);
  await issueInvoices(tx, changes);
  await queueLines(tx, changes);
  if (changes.movements.length > 0) await execute(tx, applyMovements(changes.movements));
  await keepPayments(tx, changes);
  await keepDisputes(tx, changes);
  const touched = touchedAccounts(changes);
  if (afterApply && touched.length > 0) await afterApply(tx, touched);
}

/**
 * An account's contact data comes on another topic, perhaps at this very moment: both sides touch its row of
 * account_contacts first, so that the second waits for the first and then sees it. In order of id, against deadlock.
 */
async function openAccounts(tx: Db, { accounts }: LedgerChanges): Promise<void> {
  if (accounts.length === 0) return;
  const accountIds = accounts.map(({ accountId }) => accountId);
  await execute(
    tx,
    sql`INSERT INTO account_contacts (account_id)
        SELECT DISTINCT id FROM unnest(${accountIds}::uuid[]) AS t (id) ORDER BY id ON CONFLICT DO NOTHING`,
  );
  await execute(
    tx,
    sql`INSERT INTO accounts (id, office_id, number, name, language, currency, status, statement_hold)
        SELECT a."accountId", a."officeId", a.number, c.name, c.language, a.currency, a.status, a."statementHold"
        FROM json_to_recordset(${JSON.stringify(accounts)}::json) AS a (
          "accountId" uuid, "officeId" uuid, number text, currency text, status text, "statementHold" boolean)
        LEFT JOIN account_contacts c ON c.account_id = a."accountId"
        ON CONFLICT (id) DO UPDATE SET status = excluded.status, statement_hold = excluded.statement_hold`,
  );
}

/** Invoices and bill lines begin with nothing open: the charges are movements like all others. */
async function issueInvoices(tx: Db, { invoices }: LedgerChanges): Promise<void> {
  if (invoices.length === 0) return;
  const json = JSON.stringify(invoices);
  await execute(
    tx,
    sql`INSERT INTO invoices (id, account_id, number, invoice_date, due_date, total, open_amount, currency)
        SELECT "invoiceId", "accountId", number, "invoiceDate", "dueDate", total, 0, currency
        FROM json_to_recordset(${json}::json) AS i (
          "invoiceId" uuid, "accountId" uuid, number text, "invoiceDate" date, "dueDate" date, total bigint, currency text)`,
  );
  await execute(
    tx,
    sql`INSERT INTO bill_lines (id, invoice_id, account_id, service_line_id, service_type_code, date_of_service, subscription_id,
                                payer_type, payer_code, amount, open_amount, responsibility_date)
        SELECT l."billLineId", i."invoiceId", i."accountId", l."serviceLineId", l."serviceTypeCode", l."dateOfService", l."subscriptionId",
               l."payerType", l."payerCode", l.amount, 0, l."responsibilityDate"
        FROM json_to_recordset(${json}::json) AS i ("invoiceId" uuid, "accountId" uuid, lines json)
        CROSS JOIN LATERAL json_to_recordset(i.lines) AS l (
          "billLineId" uuid, "serviceLineId" uuid, "serviceTypeCode" text, "dateOfService" date, "subscriptionId" uuid,
          "payerType" text, "payerCode" text, amount bigint, "responsibilityDate" date)`,
  );
}

/**
 * A queueing opens a bill line of the new payer, or moves an amount back to one that stands, whose responsibility then
 * dates from the latest move (LED-23). Of several queueings of a line in a run the last one's date stands.
 */
async function queueLines(tx: Db, { queued }: LedgerChanges): Promise<void> {
  if (queued.length === 0) return;
  const latest = [...new Map(queued.map((line) => [line.billLineId, line])).values()];
  await execute(
    tx,
    sql`INSERT INTO bill_lines (id, invoice_id, account_id, service_line_id, service_type_code, date_of_service, subscription_id,
                                payer_type, payer_code, amount, open_amount, responsibility_date)
        SELECT q."billLineId", q."invoiceId", q."accountId", q."serviceLineId", s.service_type_code, s.date_of_service, s.subscription_id,
               q."payerType", q."payerCode", q.amount, 0, q."responsibilityDate"
        FROM json_to_recordset(${JSON.stringify(latest)}::json) AS q (
          "billLineId" uuid, "invoiceId" uuid, "accountId" uuid, "serviceLineId" uuid, "payerType" text, "payerCode" text,
          amount bigint, "responsibilityDate" date)
        LEFT JOIN LATERAL (
          SELECT service_type_code, date_of_service, subscription_id FROM bill_lines
          WHERE service_line_id = q."serviceLineId" ORDER BY id LIMIT 1) s ON true
        ON CONFLICT (id) DO UPDATE SET responsibility_date = excluded.responsibility_date`,
  );
}

/** The last payment is the account's own latest that was neither returned nor reversed; undoing it gives back the one before. */
async function keepPayments(tx: Db, { payments, undone }: LedgerChanges): Promise<void> {
  if (payments.length === 0 && undone.length === 0) return;
  await execute(
    tx,
    sql`INSERT INTO payments (transaction_id, account_id, effective_date, amount, sequence, payer_type, payer_code)
        SELECT transaction_id, account_id, effective_date, amount, sequence, payer_type, payer_code
        FROM json_to_recordset(${JSON.stringify(payments)}::json) AS p (
          transaction_id uuid, account_id uuid, effective_date date, amount bigint, sequence bigint, payer_type text, payer_code text)`,
  );
  await execute(
    tx,
    sql`UPDATE payments p SET undone = true
        FROM json_to_recordset(${JSON.stringify(undone)}::json) AS u (transaction_id uuid) WHERE p.transaction_id = u.transaction_id`,
  );
  const accountIds = [...new Set([...payments, ...undone].map(({ account_id }) => account_id))];
  await execute(
    tx,
    sql`UPDATE accounts a SET last_payment_date = p.effective_date, last_payment_amount = p.amount
        FROM unnest(${accountIds}::uuid[]) AS t (account_id)
        LEFT JOIN LATERAL (
          SELECT effective_date, amount FROM payments
          WHERE account_id = t.account_id AND payer_type = 'self' AND NOT undone AND amount > 0
          ORDER BY effective_date DESC, sequence DESC LIMIT 1) p ON true
        WHERE a.id = t.account_id`,
  );
}

/** A dispute is recorded again when it is settled; the latest record of a run stands. */
async function keepDisputes(tx: Db, { disputes }: LedgerChanges): Promise<void> {
  if (disputes.length === 0) return;
  const latest = [...new Map(disputes.map((dispute) => [dispute.disputeId, dispute])).values()];
  await execute(
    tx,
    sql`INSERT INTO disputes (id, account_id, invoice_id, reason, amount, opened_on, settled_on)
        SELECT "disputeId", "accountId", "invoiceId", reason, amount, "openedOn", "settledOn"
        FROM json_to_recordset(${JSON.stringify(latest)}::json) AS d (
          "disputeId" uuid, "accountId" uuid, "invoiceId" uuid, reason text, amount bigint, "openedOn" date, "settledOn" date)
        ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, amount = excluded.amount, settled_on = excluded.settled_on`,
  );
}
