import { prepared, rows, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { linesMax, type OpenLine } from './allocation.js';

/** Narrows to one account, to invoices or bill lines of it, to what another payer than the account itself owes. */
export interface Target {
  readonly accountId: string;
  readonly invoiceId?: string | undefined;
  readonly billLineId?: string | undefined;
  /** Lines that are named themselves or by their invoice. */
  readonly named?: { readonly invoiceIds: readonly string[]; readonly billLineIds: readonly string[] } | undefined;
  readonly payerId?: string | undefined;
}

/**
 * What is open on the account itself, or on the payer named, oldest due first; at most one more line than a transaction may touch, so that the
 * caller sees when there are too many.
 */
export function openLines(tx: Db, { accountId, invoiceId, billLineId, named, payerId }: Target): Promise<OpenLine[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`b.account_id = ${accountId}`,
    sql`b.open_amount > 0`,
    payerId === undefined ? sql`p.type = 'self'` : sql`b.payer_id = ${payerId}`,
  ];
  if (invoiceId !== undefined) conditions.push(sql`b.invoice_id = ${invoiceId}`);
  if (billLineId !== undefined) conditions.push(sql`b.id = ${billLineId}`);
  if (named)
    conditions.push(
      sql`(b.invoice_id = ANY(${[...named.invoiceIds]}::uuid[]) OR b.id = ANY(${[...named.billLineIds]}::uuid[]))`,
    );
  return rows<OpenLine>(
    tx,
    prepared`SELECT b.invoice_id AS "invoiceId", b.id AS "billLineId", b.open_amount AS open, i.due_date AS "dueDate",
               i.invoice_date AS "invoiceDate", i.number
        FROM bill_lines b JOIN payers p ON p.id = b.payer_id JOIN invoices i ON i.id = b.invoice_id
        WHERE ${sql.join(conditions, sql` AND `)}
        ORDER BY i.due_date, i.invoice_date, i.number COLLATE "C", b.id LIMIT ${linesMax + 1}`,
  );
}
