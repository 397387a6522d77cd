import { sql, type RawBuilder } from '@recoup/service-kit';
import { agingBuckets, type Aging } from './aging.js';
import { flagNamesNow, flagsNow, stageNow, type ReportFilter } from './report-list.js';
import { bucketColumn, snapshotRowsSql } from './snapshot-rows.sql.js';
import { snapshotTable, type Snapshot } from './snapshot.js';

/** One row of the report: figures as of the day, the rest as it is now (`rulings`, 4). Amounts are minor units of `currency`. */
export interface ReportRow {
  readonly id: string;
  readonly accountNumber: string;
  readonly name: string | null;
  readonly officeCode: string;
  readonly currency: string;
  readonly balance: number;
  readonly credit: number;
  readonly aging: Aging;
  readonly daysPastDue: number;
  readonly openInvoices: number;
  readonly lastPayment: { readonly date: string; readonly amount: number } | null;
  readonly accountStatus: string;
  readonly stage: string;
  readonly flags: readonly string[];
  readonly agencyCode: string | null;
  readonly feesToApply: number | null;
}

/** Totals of a whole selection in one currency. */
export interface ReportTotals {
  readonly currency: string;
  readonly accounts: number;
  readonly balance: number;
  readonly credit: number;
  readonly aging: Aging;
  readonly feesToApply: number | null;
}

const accountSorts: ReadonlySet<string> = new Set(['accountNumber', 'name']);

/**
 * What stands after FROM, with everything that filters and sorts name. All but the snapshot hang on LEFT JOINs by unique
 * keys, so that the planner leaves out what a query doesn't use: a count by balance reads the snapshot alone. A page that
 * is sorted by a column of the account joins it outright, so that the planner may walk the accounts' index in that order.
 */
export function reportRelation(snapshot: Snapshot, filter: ReportFilter, sortedBy = ''): RawBuilder<unknown> {
  return figuresRelation(snapshotTable(snapshot), snapshot.asOf, filter, sortedBy);
}

/**
 * The same for a few accounts, whose figures are computed at once from what they owe and what moved: no snapshot is needed.
 * @param accountIds at most a chunk's
 */
export function accountsRelation(asOf: string, accountIds: readonly string[]): RawBuilder<unknown> {
  const among = sql`account_id = ANY(${[...accountIds]}::uuid[])`;
  return figuresRelation(sql`(${snapshotRowsSql(asOf, 'back', among)})`, asOf, {}, '');
}

function figuresRelation(
  figures: RawBuilder<unknown>,
  asOf: string,
  { bulkActionId }: ReportFilter,
  sortedBy: string,
): RawBuilder<unknown> {
  return sql`${figures} s
    CROSS JOIN (SELECT ${sql.lit(asOf)}::date AS as_of) day
    LEFT JOIN offices o ON o.id = s.office_id
    ${accountSorts.has(sortedBy) ? sql`JOIN` : sql`LEFT JOIN`} accounts a ON a.id = s.account_id
    LEFT JOIN account_states st ON st.account_id = s.account_id
    ${bulkActionId === undefined ? sql`CROSS JOIN (SELECT NULL::bigint AS amount) fee` : previewedFees(bulkActionId)}`;
}

/** The fees that a preview would add; nothing for an action of another type. */
function previewedFees(bulkActionId: string): RawBuilder<unknown> {
  return sql`LEFT JOIN (
      SELECT i.account_id, i.previewed_amount AS amount FROM bulk_action_items i JOIN runs r ON r.id = i.action_id
      WHERE i.action_id = ${bulkActionId} AND r.type = 'add-fees' AND i.chunk IS NOT NULL) fee ON fee.account_id = s.account_id`;
}

/** The columns of a page. */
export const reportColumns = sql`s.account_id AS id, a.number AS "accountNumber", a.name, o.code AS "officeCode", s.currency,
  s.balance, s.credit, json_build_object(${sql.join(agingBuckets.map(({ name }) => sql`${sql.lit(name)}, ${bucketColumn('s', name)}`))}) AS aging,
  s.days_past_due AS "daysPastDue", s.open_invoices AS "openInvoices",
  CASE WHEN a.last_payment_date IS NOT NULL
    THEN json_build_object('date', a.last_payment_date, 'amount', a.last_payment_amount) END AS "lastPayment",
  a.status AS "accountStatus", ${stageNow} AS stage, ${flagsNow} AS flags, st.agency_code AS "agencyCode",
  fee.amount AS "feesToApply"`;

/** A row as an export has it: with the flags by name, which rows that were kept before that don't have. */
export interface ExportedRow extends ReportRow {
  readonly flagNames?: readonly string[];
}

/** The columns of an export, for people too. */
export const exportedColumns = sql`${reportColumns}, ${flagNamesNow} AS "flagNames"`;

/** One object a currency over all that match. */
export function totalsSql(relation: RawBuilder<unknown>, where: RawBuilder<unknown>): RawBuilder<unknown> {
  const sums = agingBuckets.map(({ name }) => sql`${sql.lit(name)}, sum(${bucketColumn('s', name)})::bigint`);
  return sql`SELECT s.currency, count(*) AS accounts, sum(s.balance)::bigint AS balance, sum(s.credit)::bigint AS credit,
      json_build_object(${sql.join(sums)}) AS aging, sum(fee.amount)::bigint AS "feesToApply"
    FROM ${relation} WHERE ${where} GROUP BY s.currency ORDER BY s.currency`;
}

/** How many accounts each stage has, and of those how many have something in each part of the balance. */
export function countsSql(relation: RawBuilder<unknown>, where: RawBuilder<unknown>): RawBuilder<unknown> {
  const counts = agingBuckets.map(
    ({ name }) => sql`${sql.lit(name)}, count(*) FILTER (WHERE ${bucketColumn('s', name)} > 0)`,
  );
  return sql`SELECT ${stageNow} AS stage, count(*) AS accounts, json_build_object(${sql.join(counts)}) AS buckets
    FROM ${relation} WHERE ${where} GROUP BY 1`;
}
