import {
  defineList,
  rows,
  selectPage,
  sql,
  type Actor,
  type Db,
  type QueryOf,
  type RawBuilder,
} from '@recoup/service-kit';
import { inOffices, rangeFilters, type ReportRange } from './report-range.js';

/** The general ledger's trial balance as a list; `k` is its row. The report itself reads range and offices. */
export const glTrialBalanceList = defineList({
  filters: rangeFilters,
  sorts: {
    ledgerAccount: sql`k."ledgerAccount"`,
    currency: sql`k.currency`,
    opening: sql`k.opening`,
    debits: sql`k.debits`,
    credits: sql`k.credits`,
    closing: sql`k.closing`,
  },
  amounts: { currency: sql`k.currency`, sorts: ['opening', 'debits', 'credits', 'closing'] },
  defaultSort: ['ledgerAccount', 'ASC'],
  tieBreaker: sql`k.id`,
});
export type GlTrialBalanceQuery = QueryOf<typeof glTrialBalanceList>;

/**
 * One ledger account in one currency; amounts in minor units. Balances are debits less credits, so a credit balance is
 * below 0.
 */
export interface GlTrialBalanceRow {
  readonly id: string;
  readonly ledgerAccount: string;
  readonly currency: string;
  readonly opening: number;
  readonly debits: number;
  readonly credits: number;
  readonly closing: number;
}

/** The sums of one currency: debits equal credits, and balances come to 0 (LED-1, LED-5). */
export type GlTrialBalanceTotals = Pick<GlTrialBalanceRow, 'currency' | 'opening' | 'debits' | 'credits' | 'closing'>;

/** Ledger accounts that anything was posted to until the end of the range, each currency by itself. */
function glRowsSql({ values }: GlTrialBalanceQuery, { from, to }: ReportRange, actor: Actor): RawBuilder<unknown> {
  const within = from === undefined ? sql`TRUE` : sql`d.effective_date >= ${from}::date`;
  return sql`(SELECT side.name || ':' || o.currency AS id, side.name AS "ledgerAccount", o.currency,
      coalesce(sum(side.debit - side.credit) FILTER (WHERE NOT ${within}), 0)::bigint AS opening,
      coalesce(sum(side.debit) FILTER (WHERE ${within}), 0)::bigint AS debits,
      coalesce(sum(side.credit) FILTER (WHERE ${within}), 0)::bigint AS credits,
      sum(side.debit - side.credit)::bigint AS closing
    FROM daybook_figures d JOIN offices o ON o.id = d.office_id
    CROSS JOIN LATERAL (VALUES (d.debit, d.amount, 0), (d.credit, 0, d.amount)) side (name, debit, credit)
    WHERE d.effective_date <= ${to}::date AND ${inOffices(actor, values, sql`d.office_id`)}
    GROUP BY side.name, o.currency) k`;
}

/** A page of ledger accounts, or all of them without a limit: there are some dozens. */
export function glPage(
  db: Db,
  query: GlTrialBalanceQuery,
  range: ReportRange,
  actor: Actor,
): Promise<{ rows: GlTrialBalanceRow[]; total: number }> {
  return selectPage(db, query, { columns: sql`k.*`, from: glRowsSql(query, range, actor), scope: sql`TRUE` });
}

/** The sums, one object a currency. */
export function glTotals(
  db: Db,
  query: GlTrialBalanceQuery,
  range: ReportRange,
  actor: Actor,
): Promise<GlTrialBalanceTotals[]> {
  return rows(
    db,
    sql`SELECT k.currency, sum(k.opening)::bigint AS opening, sum(k.debits)::bigint AS debits, sum(k.credits)::bigint AS credits,
               sum(k.closing)::bigint AS closing
        FROM ${glRowsSql(query, range, actor)} GROUP BY k.currency ORDER BY k.currency`,
  );
}
