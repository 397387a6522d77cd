/** What a row of the trial balance is of (LED-5). */
export const trialBalanceKeys = ['account', 'payer', 'office'] as const;
export type TrialBalanceKey = (typeof trialBalanceKeys)[number];

/** A column between opening and closing balance: a transaction type under its plural name. */
export interface TypeColumn {
  id: string;
  code: string;
  plural: string;
  kind: string;
  customNumber: number | null;
}

/** The sums of all that match in one currency; amounts in minor units. */
export interface TrialBalanceTotals {
  currency: string;
  opening: number;
  /** Signed as they change what the row owes (`rulings`, 9). */
  movements: Record<string, number>;
  closing: number;
  credit: number;
}

/** A row: an account by its number, a payer in a currency, or an office. */
export interface TrialBalanceRow extends TrialBalanceTotals {
  id: string;
  code: string;
  name: string | null;
  officeCode: string | null;
}

/** A ledger account in a currency: debits and credits of the range between its opening and closing balance. */
export interface GeneralLedgerRow extends GeneralLedgerTotals {
  id: string;
  ledgerAccount: string;
}

export interface GeneralLedgerTotals {
  currency: string;
  opening: number;
  debits: number;
  credits: number;
  closing: number;
}

/**
 * The columns worth their width: those in which a total is not 0. One that is asked for by name, or a custom write-off,
 * stands even when nothing was booked.
 */
export function columnsWithFigures(
  columns: readonly TypeColumn[],
  totals: readonly TrialBalanceTotals[],
  rows: readonly TrialBalanceTotals[],
): TypeColumn[] {
  const moved = new Set(
    [...totals, ...rows].flatMap(({ movements }) =>
      Object.entries(movements)
        .filter(([, amount]) => amount !== 0)
        .map(([code]) => code),
    ),
  );
  return columns.filter(({ code, customNumber }) => moved.has(code) || customNumber !== null);
}
