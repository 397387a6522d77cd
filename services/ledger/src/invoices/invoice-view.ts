import { defineRecords, sql, type RawBuilder, type Records } from '@recoup/service-kit';
import { openAsOfSql } from '../postings/as-of.sql.js';

/** An invoice as it is shown; amounts in minor units. `openAmount` is what the account itself owes of it (LED-4). */
export interface InvoiceView {
  readonly id: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly number: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly total: number;
  readonly openAmount: number;
  readonly currency: string;
  readonly recordedAt: string;
  readonly disputed: boolean;
}

/** Invoices as they are now. */
export const invoices = invoicesAsOf();

/** Invoices as they are, or were at the end of a day: what was open of them, and whether they were disputed. */
export function invoicesAsOf(asOf?: string): Records<InvoiceView> {
  const [columns, from] = [columnsAsOf(asOf), fromAsOf(asOf)];
  return defineRecords({ name: 'invoices', entity: 'invoice', columns, from, id: sql`i.id`, office: sql`o.code` });
}

function columnsAsOf(asOf?: string): RawBuilder<unknown> {
  const during =
    asOf === undefined
      ? sql`d.settled_on IS NULL`
      : sql`d.opened_on <= ${asOf}::date AND (d.settled_on IS NULL OR d.settled_on > ${asOf}::date)`;
  return sql`i.id, i.account_id AS "accountId", a.number AS "accountNumber", o.code AS "officeCode", i.number,
    i.invoice_date AS "invoiceDate", i.due_date AS "dueDate", i.total, i.open_then AS "openAmount", i.currency, i.recorded_at AS "recordedAt",
    EXISTS (SELECT FROM disputes d WHERE d.invoice_id = i.id AND ${during}) AS disputed`;
}

/** Invoices `i` with account `a` and office `o`; `i.open_then` is what is open, or was at the end of the day given. */
function fromAsOf(asOf?: string): RawBuilder<unknown> {
  const open =
    asOf === undefined
      ? sql`each.open_amount`
      : openAsOfSql(sql`p.invoice_id = each.id AND p.account_id = each.account_id`, asOf);
  return sql`(SELECT each.*, ${open} AS open_then FROM invoices each) i
    JOIN accounts a ON a.id = i.account_id JOIN offices o ON o.id = i.office_id`;
}
