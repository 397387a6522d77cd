import { openOf, type BillLine } from '../bill-lines/billLine.js';

/** What is queued to one payer of an account and stands on no invoice to it; the amount in minor units. */
export interface Uninvoiced {
  payerCode: string;
  payerName: string;
  payerType: BillLine['payerType'];
  amount: number;
}

type OpenLine = Pick<BillLine, 'payerCode' | 'payerName' | 'payerType' | 'payerInvoiceId' | 'openAmount'>;

/** Of an account's open lines those that wait for an invoice to an insurer or agency, by payer. */
export function uninvoiced(openLines: readonly OpenLine[]): Uninvoiced[] {
  const waiting = openLines.filter(({ payerType, payerInvoiceId }) => payerType !== 'self' && payerInvoiceId === null);
  return [...Map.groupBy(waiting, ({ payerCode }) => payerCode)].map(([payerCode, lines]) => ({
    payerCode,
    payerName: lines[0]?.payerName ?? payerCode,
    payerType: lines[0]?.payerType ?? 'generic',
    amount: openOf(lines),
  }));
}
