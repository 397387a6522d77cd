import type { Refusal } from '../import-kind.js';
import type { RowFields } from '../read-fields.js';

/** A row that is a payment: amount in minor units of the office's currency; what is not given is empty. */
export interface PaymentRow {
  readonly line: number;
  readonly officeCode: string;
  readonly accountNumber: string;
  readonly reference: string;
  readonly paymentDate: string;
  readonly amount: number;
  readonly invoiceNumber: string;
  readonly payerCode: string;
}

/** Reads a row that is a payment. */
export function readPaymentRow(fields: RowFields): PaymentRow {
  const { officeCode, terms } = fields.office();
  return {
    line: fields.line,
    officeCode,
    accountNumber: fields.required('accountNumber'),
    reference: fields.required('reference'),
    paymentDate: fields.date('paymentDate', terms) ?? '',
    amount: fields.amount('amount', terms),
    invoiceNumber: fields.optional('invoiceNumber'),
    payerCode: fields.optional('payerCode'),
  };
}

/** A refusal that blames a text of the row. */
export function refusalOf(
  field: 'invoiceNumber' | 'payerCode' | 'paymentDate',
  row: PaymentRow,
  reason: string,
  detail: string,
): Refusal {
  return { field, value: row[field], reason, detail };
}

/** Tells a payment apart: its reference is unique within its account. */
export function referenceKey(accountId: string, reference: string): string {
  return `${accountId}\n${reference}`;
}
