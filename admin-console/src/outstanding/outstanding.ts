/** The figures of a row, in the order in which they are read; amounts in minor units (LED-43). */
export const outstandingFigures = ['referred', 'collected', 'recalled', 'outstanding'] as const;

/** referred − collected − recalled = outstanding, always. */
export interface OutstandingFigures {
  currency: string;
  referred: number;
  collected: number;
  recalled: number;
  outstanding: number;
}

/** The sums of one agency in one currency. */
export interface OutstandingTotals extends OutstandingFigures {
  payerCode: string;
}

/** What an agency holds of one invoice. */
export interface OutstandingRow extends OutstandingTotals {
  id: string;
  payerName: string;
  accountId: string;
  accountNumber: string;
  accountName: string | null;
  invoiceId: string;
  invoiceNumber: string;
}

/** The sums of all agencies, one a currency; amounts of different currencies are never added. */
export function sumsByCurrency(totals: readonly OutstandingTotals[]): OutstandingFigures[] {
  return [...Map.groupBy(totals, ({ currency }) => currency)].map(([currency, each]) => {
    const sumOf = (figure: (typeof outstandingFigures)[number]) => each.reduce((sum, of) => sum + of[figure], 0);
    return {
      currency,
      referred: sumOf('referred'),
      collected: sumOf('collected'),
      recalled: sumOf('recalled'),
      outstanding: sumOf('outstanding'),
    };
  });
}
