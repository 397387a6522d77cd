import { businessDate, uuid } from '@recoup/contracts';
import { defineRecords, sql, type RawBuilder } from '@recoup/service-kit';
import { z } from 'zod';
import { lineOfText } from '../accounts/plain-text.js';
import { linesMax } from '../postings/allocation.js';

/** An invoice to be made out to a payer: of the lines named, else of all that are queued to it and on none yet (LED-24). */
export const newPayerInvoice = z.strictObject({
  accountId: uuid,
  payerCode: z.string().min(1).max(40),
  billLineIds: z.array(uuid).min(1).max(linesMax).optional(),
  number: lineOfText.optional(),
  invoiceDate: businessDate.optional(),
});
export type NewPayerInvoice = z.infer<typeof newPayerInvoice>;

/** An invoice made out to a payer; amounts in minor units. `total` is what was open when it was made out, `openAmount` what is now. */
export interface PayerInvoiceView {
  readonly id: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly payerCode: string;
  readonly payerName: string;
  readonly number: string;
  readonly invoiceDate: string;
  readonly total: number;
  readonly openAmount: number;
  readonly lines: number;
  readonly currency: string;
  readonly actor: string;
  readonly recordedAt: string;
}

/** Bill lines of a payer's invoice `v`, found by the index of lines by payer and account. */
export const linesOfPayerInvoice: RawBuilder<unknown> = sql`bill_lines b WHERE b.account_id = v.account_id AND b.payer_id = v.payer_id
  AND b.opened_by IS NOT NULL AND b.payer_invoice_id = v.id`;

const columns = sql`v.id, v.account_id AS "accountId", a.number AS "accountNumber",
  o.code AS "officeCode", r.code AS "payerCode", r.name AS "payerName", v.number, v.invoice_date AS "invoiceDate", v.total,
  (SELECT coalesce(sum(b.open_amount), 0)::bigint FROM ${linesOfPayerInvoice}) AS "openAmount",
  (SELECT count(*) FROM ${linesOfPayerInvoice}) AS lines, v.currency, v.actor, v.recorded_at AS "recordedAt"`;

export const payerInvoices = defineRecords<PayerInvoiceView>({
  name: 'payer-invoices',
  entity: 'payer invoice',
  columns,
  from: sql`payer_invoices v JOIN accounts a ON a.id = v.account_id JOIN offices o ON o.id = v.office_id
    JOIN payers r ON r.id = v.payer_id`,
  id: sql`v.id`,
  office: sql`o.code`,
});
