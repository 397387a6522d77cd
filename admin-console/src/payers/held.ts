import { openOf, type BillLine } from '../bill-lines/billLine.js';

/** What an insurer or agency is responsible for of one account; amounts in minor units of the account's currency. */
export interface Held {
  payerCode: string;
  payerName: string;
  payerType: Exclude<BillLine['payerType'], 'self'>;
  amount: number;
  /** The part of it that stands on no invoice to the payer. */
  uninvoiced: number;
}

export type HeldLine = Pick<BillLine, 'payerCode' | 'payerName' | 'payerType' | 'payerInvoiceId' | 'openAmount'>;

/** Sums an account's open lines by the insurer or agency that is responsible for them: insurers first, then by name. */
export function heldByPayer(openLines: readonly HeldLine[]): Held[] {
  const held = [...Map.groupBy(openLines, ({ payerCode }) => payerCode)].flatMap(([payerCode, lines]): Held[] => {
    const [first] = lines;
    if (!first || first.payerType === 'self') return [];
    const { payerName, payerType } = first;
    const uninvoiced = openOf(lines.filter(({ payerInvoiceId }) => payerInvoiceId === null));
    return [{ payerCode, payerName, payerType, amount: openOf(lines), uninvoiced }];
  });
  return held.toSorted((a, b) => place(a) - place(b) || a.payerName.localeCompare(b.payerName));
}

function place({ payerType }: Held): number {
  return payerType === 'insurer' ? 0 : 1;
}
