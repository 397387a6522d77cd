import { accountStatus, businessDate, code, stage, uuid } from '@recoup/contracts';
import { anyOf, containsText, defineList, filterOf, sql, type QueryOf, type RawBuilder } from '@recoup/service-kit';
import { z } from 'zod';
import { agingBuckets } from './aging.js';
import { bucketColumn } from './snapshot-rows.sql.js';

const figure = z.int();
/** No account is past due for longer than the calendar goes. */
const daysMax = 3_000_000;
const days = z.int().min(0).max(daysMax);
const codes = z.array(code).min(1).max(200);
const bucket = z.enum(agingBuckets.map(({ name }) => name));
const version = z.union([z.string().regex(/^\d{1,15}$/), z.int().min(1)]);

/** What the account's stage and flags are called in SQL; the names of the flags in the order of their codes. */
export const stageNow = sql`coalesce(st.stage, 'not-set')`;
export const flagsNow = flagsBy('code');
export const flagNamesNow = flagsBy('name');

/**
 * The Collections report as a list (REP-2). Names in its SQL: `s` the snapshot's row, `day.as_of` its day, `o` the office,
 * `a` the account, `st` what collections knows of it, `fee` the previewed fee. The report's own routes read `asOf`,
 * `reportVersion` and `bulkActionId`. Ranges are inclusive; amounts are minor units.
 */
export const reportList = defineList({
  filters: {
    asOf: filterOf(businessDate),
    reportVersion: filterOf(version),
    bulkActionId: filterOf(uuid),
    q: filterOf(z.string().min(1).max(100), (text) => containsText(text, [sql`a.name`, sql`a.number`])),
    accountNumber: anyOf(z.string().min(1).max(100), sql`a.number`),
    officeCodes: filterOf(codes, (list) => sql`o.code = ANY(${list}::text[])`),
    balanceMin: filterOf(figure, (amount) => sql`s.balance >= ${amount}`),
    balanceMax: filterOf(figure, (amount) => sql`s.balance <= ${amount}`),
    daysPastDueMin: filterOf(days, (count) => sql`s.days_past_due >= ${count}`),
    daysPastDueMax: filterOf(days, (count) => sql`s.days_past_due <= ${count}`),
    bucket: filterOf(z.union([bucket, z.array(bucket).min(1).max(6)]), (names) => inBucket([names].flat())),
    stage: anyOf(stage, stageNow),
    flagsAny: filterOf(codes, (list) => hasFlag(list)),
    flagsNone: filterOf(codes, (list) => sql`NOT ${hasFlag(list)}`),
    accountStatus: anyOf(accountStatus, sql`a.status`),
    disputed: filterOf(z.boolean(), (wanted) => (wanted ? disputed : sql`NOT ${disputed}`)),
    agencyCode: anyOf(code, sql`st.agency_code`),
  },
  sorts: {
    accountNumber: sql`a.number`,
    name: sql`a.name`,
    officeCode: sql`o.code`,
    currency: sql`s.currency`,
    balance: sql`s.balance`,
    credit: sql`s.credit`,
    ...(Object.fromEntries(agingBuckets.map(({ name }) => [name, bucketColumn('s', name)])) as Record<
      (typeof agingBuckets)[number]['name'],
      RawBuilder<unknown>
    >),
    daysPastDue: sql`s.days_past_due`,
    openInvoices: sql`s.open_invoices`,
    lastPayment: sql`coalesce(a.last_payment_date, '-infinity')`,
    accountStatus: sql`a.status`,
    stage: stageNow,
    flags: flagsNow,
    agencyCode: sql`coalesce(st.agency_code, '')`,
    feesToApply: sql`coalesce(fee.amount, 0)`,
  },
  amounts: {
    currency: sql`s.currency`,
    sorts: ['balance', 'credit', ...agingBuckets.map(({ name }) => name), 'feesToApply'],
  },
  defaultSort: ['balance', 'DESC'],
  tieBreaker: sql`s.account_id`,
});
export type ReportQuery = QueryOf<typeof reportList>;

/** The checked values of a report's filter. */
export type ReportFilter = ReportQuery['values'];

function flagsBy(column: 'code' | 'name'): RawBuilder<unknown> {
  return sql`ARRAY(SELECT ${sql.ref(`f.${column}`)} FROM account_flags af JOIN flags f ON f.id = af.flag_id
    WHERE af.account_id = s.account_id ORDER BY f.code)`;
}

function inBucket(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    names.map((name) => sql`${bucketColumn('s', name)} > 0`),
    sql` OR `,
  );
}

function hasFlag(list: readonly string[]): RawBuilder<unknown> {
  return sql`EXISTS (SELECT 1 FROM account_flags af JOIN flags f ON f.id = af.flag_id
    WHERE af.account_id = s.account_id AND f.code = ANY(${list}::text[]))`;
}

/**
 * Whether one of the account's invoices that were open at the end of the day was disputed then (`rulings`, 7). Disputes
 * are few: their accounts are found first, and open amounts computed for those invoices only.
 */
const disputed = sql`s.account_id IN (
  SELECT d.account_id FROM disputes d JOIN invoices i ON i.id = d.invoice_id
  WHERE d.opened_on <= day.as_of AND (d.settled_on IS NULL OR d.settled_on > day.as_of)
    AND i.open_amount > (SELECT coalesce(sum(m.amount), 0) FROM movements m
                         WHERE m.account_id = i.account_id AND m.invoice_id = i.id AND m.effective_date > day.as_of))`;
