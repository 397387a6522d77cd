/** The figures of a row, in the order in which they are read; amounts in minor units (LED-43). */
export const outstandingFigures = ['referred', 'collected', 'recalled', 'outstanding'] as const;

/** referred − collected − recalled = outstanding, always. */
export interface OutstandingTotals {
  currency: string;
  referred: number;
  collected: number;
  recalled: number;
  outstanding: number;
}

/** What an agency holds of one invoice. */
export interface OutstandingRow extends OutstandingTotals {
  id: string;
  payerCode: string;
  accountId: string;
  accountNumber: string;
  invoiceId: string;
  invoiceNumber: string;
}
