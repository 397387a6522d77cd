import type { PayerType } from '@recoup/contracts';

/** The part of a service line queued to one payer; amounts in minor units (LED-23). */
export interface BillLine {
  id: string;
  serviceLineId: string;
  invoiceId: string;
  invoiceNumber: string;
  accountId: string;
  payerCode: string;
  payerName: string;
  payerType: PayerType;
  amount: number;
  openAmount: number;
  currency: string;
  responsibilityDate: string;
  serviceTypeCode: string;
  dateOfService: string;
  /** The transaction that queued it to its payer; null for the line of Self that the invoice opened. */
  openedBy: string | null;
  payerInvoiceId: string | null;
}

/** One charge of an invoice. */
export interface ServiceLine {
  id: string;
  invoiceId: string;
  serviceTypeCode: string;
  dateOfService: string;
  amount: number;
  currency: string;
  description: string | null;
}

/** A service line with the bill lines that say who owes it: Self first, then in the order of responsibility. */
export interface LineWithPayers {
  line: ServiceLine;
  billLines: BillLine[];
}

/** Puts each bill line under its service line. */
export function withPayers(lines: readonly ServiceLine[], billLines: readonly BillLine[]): LineWithPayers[] {
  const byLine = Map.groupBy(billLines, ({ serviceLineId }) => serviceLineId);
  return lines.map((line) => ({ line, billLines: (byLine.get(line.id) ?? []).toSorted(selfFirst) }));
}

function selfFirst(a: BillLine, b: BillLine): number {
  if (a.payerType !== b.payerType && (a.payerType === 'self' || b.payerType === 'self'))
    return a.payerType === 'self' ? -1 : 1;
  return a.responsibilityDate < b.responsibilityDate ? -1 : 1;
}

/** What is open of bill lines, in their one currency. */
export function openOf(lines: readonly Pick<BillLine, 'openAmount'>[]): number {
  return lines.reduce((sum, { openAmount }) => sum + openAmount, 0);
}
