import type { PayerType } from '@recoup/contracts';
import { defineRecords, rows, sql, type Db } from '@recoup/service-kit';

/**
 * A bill line as it is shown: who owes which part of a service line (LED-23). Amounts in minor units; `openedBy` is the
 * transaction that queued it to its payer, null for the line of Self that the invoice opened.
 */
export interface BillLineView {
  readonly id: string;
  readonly serviceLineId: string;
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly accountId: string;
  readonly serviceTypeCode: string;
  readonly dateOfService: string;
  readonly payerCode: string;
  readonly payerName: string;
  readonly payerType: PayerType;
  readonly amount: number;
  readonly openAmount: number;
  readonly currency: string;
  readonly responsibilityDate: string;
  readonly openedBy: string | null;
  readonly payerInvoiceId: string | null;
}

const columns = sql`b.id, b.service_line_id AS "serviceLineId", b.invoice_id AS "invoiceId",
  i.number AS "invoiceNumber", b.account_id AS "accountId", s.service_type_code AS "serviceTypeCode",
  s.date_of_service AS "dateOfService", p.code AS "payerCode", p.name AS "payerName", p.type AS "payerType", b.amount,
  b.open_amount AS "openAmount", i.currency, b.responsibility_date AS "responsibilityDate", b.opened_by AS "openedBy",
  b.payer_invoice_id AS "payerInvoiceId"`;

const from = sql`bill_lines b JOIN invoices i ON i.id = b.invoice_id
  JOIN service_lines s ON s.id = b.service_line_id JOIN offices o ON o.id = i.office_id JOIN payers p ON p.id = b.payer_id`;

export const billLines = defineRecords<BillLineView>({
  name: 'bill-lines',
  entity: 'bill line',
  columns,
  from,
  id: sql`b.id`,
  office: sql`o.code`,
});

/** Bill lines of a locked account by their ids, in order of id. */
export function readBillLines(tx: Db, ids: readonly string[]): Promise<BillLineView[]> {
  return rows<BillLineView>(
    tx,
    sql`SELECT ${columns} FROM ${from} WHERE b.id = ANY(${[...ids]}::uuid[]) ORDER BY b.id`,
  );
}
