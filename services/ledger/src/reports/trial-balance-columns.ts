import { rows, sql, type Db } from '@recoup/service-kit';
import { transactionKinds, type TransactionKind } from '../postings/posting-rules.js';
import type { ReportRange } from './report-range.js';

/** A column of the trial balance: a transaction type under its plural name (LED-5, LED-12). */
export interface TrialBalanceColumn {
  readonly id: string;
  readonly code: string;
  readonly plural: string;
  readonly kind: TransactionKind;
  readonly customNumber: number | null;
}

/**
 * The columns between opening and closing balance, in order: by kind, the types that ship before custom ones. A type that
 * is no longer in use has its column where something was posted under it within the range.
 */
export function trialBalanceColumns(db: Db, { from, to }: ReportRange): Promise<TrialBalanceColumn[]> {
  const since = from === undefined ? sql`TRUE` : sql`d.effective_date >= ${from}::date`;
  return rows<TrialBalanceColumn>(
    db,
    sql`SELECT t.code AS id, t.code, t.plural, t.kind, t.custom_number AS "customNumber" FROM transaction_types t
        WHERE t.active OR EXISTS (SELECT FROM daybook_figures d WHERE d.type_code = t.code AND d.effective_date <= ${to}::date AND ${since})
        ORDER BY array_position(${[...transactionKinds]}::text[], t.kind), t.custom_number NULLS FIRST, t.code COLLATE "C"`,
  );
}

/** The movements with every column: what nothing was posted under is 0. */
export function everyColumn(
  columns: readonly TrialBalanceColumn[],
  movements: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(columns.map(({ code }) => [code, movements[code] ?? 0]));
}
