import type { PayerType } from '@recoup/contracts';
import { rows, sql, type Db } from '@recoup/service-kit';
import { linesMax, type OpenLine } from '../../postings/allocation.js';
import { openSinceSql } from '../../postings/open-since.js';
import type { ImportAccount, ImportOffice } from '../import-accounts.js';
import { accountKey, invoiceKey } from '../judge-rows.js';
import { referenceKey, type PaymentRow } from './payment-row.js';

/** A payment that the books have, as far as a row may speak of it; the account's own has no payer. */
export interface KnownPayment {
  readonly paymentDate: string;
  readonly amount: number;
  readonly payerCode: string;
}

/** A payer that rows name. */
export interface PaymentPayer {
  readonly id: string;
  readonly code: string;
  readonly type: PayerType;
}

/** What is open of an account, on itself (no payer) or on a payer that rows name. */
export interface PaymentLine extends OpenLine {
  readonly accountId: string;
  readonly payerId: string | null;
}

/** What a chunk's payments are judged against. */
export interface PaymentBooks {
  readonly known: ReadonlyMap<string, readonly KnownPayment[]>;
  readonly payers: ReadonlyMap<string, PaymentPayer>;
  readonly invoices: ReadonlyMap<string, { readonly id: string; readonly accountId: string }>;
  readonly lines: readonly PaymentLine[];
}

/** Reads what a chunk's payments are judged against; their accounts are locked. */
export async function paymentBooks(
  tx: Db,
  offices: ReadonlyMap<string, ImportOffice>,
  accounts: ReadonlyMap<string, ImportAccount>,
  given: readonly PaymentRow[],
): Promise<PaymentBooks> {
  const payers = await findPayers(tx, given);
  const invoices = await findInvoices(tx, offices, given);
  return {
    known: await findPayments(tx, accounts, given),
    payers,
    invoices,
    lines: await findLines(tx, accounts, given, { payers, invoices }),
  };
}

async function findPayers(tx: Db, given: readonly PaymentRow[]): Promise<Map<string, PaymentPayer>> {
  const codes = [...new Set(given.flatMap(({ payerCode }) => payerCode || []))];
  const found = await rows<PaymentPayer>(tx, sql`SELECT id, code, type FROM payers WHERE code = ANY(${codes}::text[])`);
  return new Map(found.map((payer) => [payer.code, payer]));
}

async function findInvoices(
  tx: Db,
  offices: ReadonlyMap<string, ImportOffice>,
  given: readonly PaymentRow[],
): Promise<Map<string, { id: string; accountId: string }>> {
  const named = given.filter(({ invoiceNumber }) => invoiceNumber !== '');
  const officeIds = named.map(({ officeCode }) => offices.get(officeCode)?.id);
  const found = await rows<{ officeCode: string; invoiceNumber: string; id: string; accountId: string }>(
    tx,
    sql`SELECT DISTINCT o.code AS "officeCode", i.number AS "invoiceNumber", i.id, i.account_id AS "accountId"
        FROM unnest(${officeIds}::uuid[], ${named.map(({ invoiceNumber }) => invoiceNumber)}::text[]) AS w (office_id, number)
        JOIN invoices i ON i.office_id = w.office_id AND i.number = w.number JOIN offices o ON o.id = i.office_id`,
  );
  return new Map(found.map((invoice) => [invoiceKey(invoice), invoice]));
}

async function findPayments(
  tx: Db,
  accounts: ReadonlyMap<string, ImportAccount>,
  given: readonly PaymentRow[],
): Promise<Map<string, KnownPayment[]>> {
  const wanted = given.flatMap((row) => {
    const account = accounts.get(accountKey(row));
    return account ? [{ accountId: account.id, reference: row.reference }] : [];
  });
  const found = await rows<KnownPayment & { accountId: string; reference: string }>(
    tx,
    sql`SELECT DISTINCT t.id, t.account_id AS "accountId", t.reference, t.effective_date AS "paymentDate", t.amount,
               coalesce(p.code, '') AS "payerCode"
        FROM unnest(${wanted.map(({ accountId }) => accountId)}::uuid[],
                    ${wanted.map(({ reference }) => reference)}::text[]) AS w (account_id, reference)
        JOIN transactions t ON t.account_id = w.account_id AND t.reference = w.reference AND t.kind = 'payment'
        LEFT JOIN payers p ON p.id = t.payer_id
        ORDER BY t.id`,
  );
  return Map.groupBy(found, ({ accountId, reference }) => referenceKey(accountId, reference));
}

/**
 * What is open of the accounts: for each payer that pays as many lines, oldest due first, as its payments may touch, and
 * those of the invoices that rows name. Since when a line is open: the day of the last posting that raised it.
 */
async function findLines(
  tx: Db,
  accounts: ReadonlyMap<string, ImportAccount>,
  given: readonly PaymentRow[],
  { payers, invoices }: Pick<PaymentBooks, 'payers' | 'invoices'>,
): Promise<PaymentLine[]> {
  const paying = given.flatMap((row) => {
    const accountId = accounts.get(accountKey(row))?.id;
    const payer = payers.get(row.payerCode);
    return accountId === undefined ? [] : [{ accountId, payerId: payer && payer.type !== 'self' ? payer.id : null }];
  });
  const groups = [...Map.groupBy(paying, ({ accountId, payerId }) => `${accountId} ${payerId}`).values()];
  const wanted = groups.flatMap((group) =>
    group.slice(0, 1).map((each) => ({ ...each, most: group.length * linesMax })),
  );
  const accountIds = wanted.map(({ accountId }) => accountId);
  const invoiceIds = [...invoices.values()].map(({ id }) => id);
  return rows<PaymentLine>(
    tx,
    sql`WITH picked AS MATERIALIZED (
          SELECT l.id FROM unnest(${accountIds}::uuid[], ${wanted.map(({ payerId }) => payerId)}::uuid[],
                                  ${wanted.map(({ most }) => most)}::int[]) AS w (account_id, payer_id, most)
          CROSS JOIN LATERAL (
            SELECT b.id FROM bill_lines b JOIN payers p ON p.id = b.payer_id JOIN invoices i ON i.id = b.invoice_id
            WHERE b.account_id = w.account_id AND b.open_amount > 0
              AND CASE WHEN w.payer_id IS NULL THEN p.type = 'self' ELSE b.payer_id = w.payer_id END
            ORDER BY i.due_date, i.invoice_date, i.number COLLATE "C", b.id LIMIT w.most) l
          UNION SELECT b.id FROM bill_lines b
          WHERE b.invoice_id = ANY(${invoiceIds}::uuid[]) AND b.account_id = ANY(${accountIds}::uuid[]) AND b.open_amount > 0)
        SELECT b.account_id AS "accountId", CASE p.type WHEN 'self' THEN NULL ELSE p.id END AS "payerId",
               i.id AS "invoiceId", b.id AS "billLineId", b.open_amount AS open, i.due_date AS "dueDate",
               i.invoice_date AS "invoiceDate", i.number, r.since AS "openSince"
        FROM picked k JOIN bill_lines b ON b.id = k.id JOIN payers p ON p.id = b.payer_id JOIN invoices i ON i.id = b.invoice_id
        JOIN (${openSinceSql(sql`${accountIds}::uuid[]`, sql`SELECT id FROM picked`)}) r ON r.bill_line_id = b.id`,
  );
}
