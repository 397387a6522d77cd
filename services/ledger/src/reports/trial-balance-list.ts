import { containsText, defineList, filterOf, sql, type QueryOf } from '@recoup/service-kit';
import { z } from 'zod';
import { rangeFilters } from './report-range.js';

/** What a row of the trial balance is of (LED-5). */
export const trialBalanceKeys = ['account', 'payer', 'office'] as const;
export type TrialBalanceKey = (typeof trialBalanceKeys)[number];

/** Figures that the books are summed for; sorting accounts by one of them reads all accounts. */
export const summedFigures = ['opening', 'closing', 'credit'] as const;
export type SummedFigure = (typeof summedFigures)[number];

const idleAccountsHint =
  'true shows accounts that are idle in the range too, which are left out otherwise: opening and closing balance and credit are 0 and nothing moved of what they owe';

/**
 * The trial balance as a list. `k` is its row: an account, a payer in a currency, or an office. `q` finds in code and name.
 * The report itself reads range, offices, `by` and `idleAccounts`.
 */
export const trialBalanceList = defineList({
  filters: {
    ...rangeFilters,
    by: filterOf(z.enum(trialBalanceKeys)),
    idleAccounts: filterOf(z.boolean().describe(idleAccountsHint)),
    q: filterOf(z.string().min(1).max(200), (text) => containsText(text, [sql`k.name`, sql`k.code`])),
  },
  sorts: {
    code: sql`k.code`,
    name: sql`k.name`,
    officeCode: sql`k."officeCode"`,
    currency: sql`k.currency`,
    opening: sql`k.opening`,
    closing: sql`k.closing`,
    credit: sql`k.credit`,
  },
  amounts: { currency: sql`k.currency`, sorts: summedFigures },
  defaultSort: ['code', 'ASC'],
  tieBreaker: sql`k.id`,
});
export type TrialBalanceQuery = QueryOf<typeof trialBalanceList>;

/** One row; amounts in minor units of its currency. `code` is an account's number, else the code of payer or office. */
export interface TrialBalanceRow {
  readonly id: string;
  readonly code: string;
  /** Null for an erased account. */
  readonly name: string | null;
  readonly officeCode: string | null;
  readonly currency: string;
  readonly opening: number;
  /** What each type of transaction changed of what the row owes, by the type's code; every column of the report. */
  readonly movements: Readonly<Record<string, number>>;
  readonly closing: number;
  /** What stands as credit at the end of the range; no part of the closing balance (`rulings`, 1). */
  readonly credit: number;
}

/** The sums of all that match in one currency. */
export type TrialBalanceTotals = Pick<TrialBalanceRow, 'currency' | 'opening' | 'movements' | 'closing' | 'credit'>;
