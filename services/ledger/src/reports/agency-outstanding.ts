import { row, rows, sql, stream, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import type {
  AgencyOutstandingQuery,
  AgencyOutstandingRow,
  AgencyOutstandingTotals,
} from './agency-outstanding-list.js';
import { inOffices } from './report-range.js';

const figures = ['referred', 'collected', 'recalled', 'outstanding'];

/**
 * Payer, account and invoice of every bill line that an agency's payer had been given by the end of the day, or that took
 * effect so: money of an earlier day may be recorded on it later.
 */
function keys({ values }: AgencyOutstandingQuery, asOf: string, actor: Actor): RawBuilder<unknown> {
  return sql`(SELECT y.code || ':' || i.id AS id, y.id AS payer_id, y.code AS "payerCode", y.name AS "payerName", a.id AS "accountId",
      a.number AS "accountNumber", a.name AS "accountName", o.code AS "officeCode", i.id AS "invoiceId", i.number AS "invoiceNumber", a.currency
    FROM (SELECT DISTINCT b.payer_id, b.account_id, b.invoice_id FROM bill_lines b JOIN transactions t ON t.id = b.opened_by
          WHERE b.opened_by IS NOT NULL AND b.payer_id IN (SELECT id FROM payers WHERE type = 'generic')
            AND (t.effective_date <= ${asOf}::date OR EXISTS (
              SELECT FROM postings p WHERE p.account_id = b.account_id AND p.bill_line_id = b.id AND p.effective_date <= ${asOf}::date))) held
    JOIN payers y ON y.id = held.payer_id JOIN accounts a ON a.id = held.account_id JOIN offices o ON o.id = a.office_id
    JOIN invoices i ON i.id = held.invoice_id
    WHERE ${inOffices(actor, values, sql`a.office_id`)}) k`;
}

/**
 * What was posted to the lines of a key, by what it was for: what opened the line is referred, money is collected, all else
 * is recalled. What takes a transaction back counts against that transaction's figure: a returned payment lowers collected,
 * a reversed referral referred.
 */
function heldSql(asOf: string): RawBuilder<unknown> {
  const owed = sql`CASE p.debit WHEN 'receivable:generic' THEN p.amount ELSE -p.amount END`;
  return sql`SELECT coalesce(sum(owed) FILTER (WHERE opening), 0)::bigint AS referred,
      coalesce(-sum(owed) FILTER (WHERE money), 0)::bigint AS collected,
      coalesce(-sum(owed) FILTER (WHERE NOT opening AND NOT money), 0)::bigint AS recalled, coalesce(sum(owed), 0)::bigint AS outstanding
    FROM (SELECT ${owed} AS owed, t.id = b.opened_by AS opening, t.kind IN ('payment', 'credit-application') AS money
          FROM bill_lines b JOIN postings p ON p.account_id = b.account_id AND p.bill_line_id = b.id
          JOIN transactions booked ON booked.id = p.transaction_id
          JOIN transactions t ON t.id = coalesce(booked.reverses_id, booked.id)
          WHERE b.account_id = k."accountId" AND b.invoice_id = k."invoiceId" AND b.payer_id = k.payer_id AND b.opened_by IS NOT NULL
            AND p.effective_date <= ${asOf}::date) posted`;
}

const shown = sql`k.id, k."payerCode", k."payerName", k."accountId", k."accountNumber", k."accountName", k."officeCode", k."invoiceId",
  k."invoiceNumber", k.currency, k.referred, k.collected, k.recalled, k.outstanding`;

/** Rows in order; the page is chosen before postings are read, unless it is sorted by a figure. */
function rowsSql(
  query: AgencyOutstandingQuery,
  asOf: string,
  actor: Actor,
  limit: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { where, orderBy, sort } = query;
  const found = sql`SELECT k.* FROM ${keys(query, asOf, actor)} WHERE ${where}`;
  const byFigure = figures.includes(sort[0]);
  const page = byFigure ? found : sql`${found} ${orderBy} ${limit}`;
  return sql`SELECT ${shown} FROM (SELECT k.*, f.* FROM (${page}) k CROSS JOIN LATERAL (${heldSql(asOf)}) f) k
    ${orderBy} ${byFigure ? limit : sql``}`;
}

/** A page of what agencies hold as of a day, with the number of all rows that match (LED-43). */
export async function agencyOutstandingPage(
  db: Db,
  query: AgencyOutstandingQuery,
  asOf: string,
  actor: Actor,
): Promise<{ rows: AgencyOutstandingRow[]; total: number }> {
  const found = await rows<AgencyOutstandingRow>(db, rowsSql(query, asOf, actor, query.limit));
  return { rows: found, total: await agencyOutstandingCount(db, query, asOf, actor) };
}

export async function agencyOutstandingCount(
  db: Db,
  query: AgencyOutstandingQuery,
  asOf: string,
  actor: Actor,
): Promise<number> {
  const counted = await row<{ total: number }>(
    db,
    sql`SELECT count(*) AS total FROM ${keys(query, asOf, actor)} WHERE ${query.where}`,
  );
  return counted?.total ?? 0;
}

/** All rows that match in the order of the list, one by one. */
export function allAgencyOutstanding(
  db: Db,
  query: AgencyOutstandingQuery,
  asOf: string,
  actor: Actor,
): AsyncGenerator<AgencyOutstandingRow> {
  return stream<AgencyOutstandingRow>(db, rowsSql(query, asOf, actor, sql``));
}

/** The sums of all that match, by payer and currency. */
export function agencyOutstandingTotals(
  db: Db,
  query: AgencyOutstandingQuery,
  asOf: string,
  actor: Actor,
): Promise<AgencyOutstandingTotals[]> {
  return rows(
    db,
    sql`SELECT k."payerCode", k.currency, sum(f.referred)::bigint AS referred, sum(f.collected)::bigint AS collected,
               sum(f.recalled)::bigint AS recalled, sum(f.outstanding)::bigint AS outstanding
        FROM ${keys(query, asOf, actor)} CROSS JOIN LATERAL (${heldSql(asOf)}) f WHERE ${query.where}
        GROUP BY k."payerCode", k.currency ORDER BY k."payerCode", k.currency`,
  );
}
