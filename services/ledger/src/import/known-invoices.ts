import { rows, sql, type Db } from '@recoup/service-kit';
import type { OpenLine } from '../postings/allocation.js';
import { openSinceSql } from '../postings/open-since.js';
import { invoiceKey, type KnownInvoice } from './judge-rows.js';
import type { ImportOffice } from './import-accounts.js';
import type { ImportRow } from './parse-row.js';

type Found = KnownInvoice & { officeCode: string; invoiceNumber: string };

/** The invoices that the books have under the numbers of a chunk's rows, by `invoiceKey`. */
export async function findKnownInvoices(
  tx: Db,
  offices: ReadonlyMap<string, ImportOffice>,
  chunk: readonly ImportRow[],
): Promise<Map<string, KnownInvoice>> {
  const officeIds = chunk.map(({ officeCode }) => offices.get(officeCode)?.id);
  const found = await rows<Found>(
    tx,
    sql`SELECT DISTINCT o.code AS "officeCode", i.number AS "invoiceNumber", i.id AS "invoiceId", a.number AS "accountNumber",
               i.invoice_date AS "invoiceDate", i.due_date AS "dueDate", i.total, i.currency, i.settled_on AS "settledOn",
               coalesce(i.imported_disputed, EXISTS (SELECT FROM disputes d WHERE d.invoice_id = i.id)) AS disputed
        FROM unnest(${officeIds}::uuid[], ${chunk.map(({ invoiceNumber }) => invoiceNumber)}::text[]) AS w (office_id, number)
        JOIN invoices i ON i.office_id = w.office_id AND i.number = w.number
        JOIN accounts a ON a.id = i.account_id JOIN offices o ON o.id = i.office_id`,
  );
  return new Map(found.map((each) => [invoiceKey(each), each]));
}

/**
 * What is open of invoices on the account itself, by invoice, and since when: a line may have been opened again after the day
 * on which a file says that it was settled.
 */
export async function findOpenLines(tx: Db, invoiceIds: readonly string[]): Promise<Map<string, OpenLine[]>> {
  if (invoiceIds.length === 0) return new Map();
  const ids = sql`${[...invoiceIds]}::uuid[]`;
  const accounts = sql`SELECT account_id FROM invoices WHERE id = ANY (${ids})`;
  const lines = sql`SELECT id FROM bill_lines WHERE invoice_id = ANY (${ids})`;
  const found = await rows<OpenLine>(
    tx,
    sql`SELECT i.id AS "invoiceId", b.id AS "billLineId", b.open_amount AS open, i.due_date AS "dueDate",
               i.invoice_date AS "invoiceDate", i.number, r.since AS "openSince"
        FROM invoices i JOIN bill_lines b ON b.invoice_id = i.id AND b.open_amount > 0
        JOIN payers p ON p.id = b.payer_id AND p.type = 'self'
        JOIN (${openSinceSql(accounts, lines)}) r ON r.bill_line_id = b.id
        WHERE i.id = ANY (${ids})`,
  );
  return Map.groupBy(found, ({ invoiceId }) => invoiceId);
}
