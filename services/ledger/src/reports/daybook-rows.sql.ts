import { sql, type Actor, type RawBuilder } from '@recoup/service-kit';
import { inOffices, type ReportRange } from './report-range.js';
import { creditChange, figureColumns, figuresSql, payerChange, selfChange } from './trial-balance.sql.js';
import type { TrialBalanceQuery } from './trial-balance-list.js';

const d = sql`d`;

/**
 * What the daybook tells of the accounts' own side by office, of every payer's side by payer and currency. Credit is the
 * account's, so it stands with Self.
 */
function daybookChanges(
  by: 'office' | 'payer',
  key: RawBuilder<unknown>,
  scope: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const owed = by === 'office' ? selfChange(d) : payerChange(d);
  return sql`SELECT ${key} AS key, d.effective_date, d.type_code, ${owed} AS owed, ${creditChange(d)} AS credit
    FROM daybook_figures d JOIN offices o ON o.id = d.office_id
    JOIN payers y ON y.id = coalesce(d.payer_id, (SELECT id FROM payers WHERE type = 'self')) WHERE ${scope}`;
}

/** Rows by office: all that match, whether or not something was posted. Names the row \`k\`. */
export function officeRowsSql(query: TrialBalanceQuery, range: ReportRange, actor: Actor): RawBuilder<unknown> {
  const changes = daybookChanges('office', sql`d.office_id`, inOffices(actor, query.values, sql`d.office_id`));
  return sql`(SELECT o.id::text AS id, o.code, o.name, o.code AS "officeCode", o.currency, ${figureColumns}
    FROM offices o LEFT JOIN (${figuresSql(changes, range)}) f ON f.key = o.id
    WHERE ${inOffices(actor, query.values, sql`o.id`)}) k`;
}

/** Rows by payer and currency: those for which anything was ever posted until the end of the range. */
export function payerRowsSql(query: TrialBalanceQuery, range: ReportRange, actor: Actor): RawBuilder<unknown> {
  const key = sql`ARRAY[y.code, o.currency]`;
  const changes = daybookChanges('payer', key, inOffices(actor, query.values, sql`d.office_id`));
  return sql`(SELECT y.code || ':' || f.key[2] AS id, y.code, y.name, NULL::text AS "officeCode", f.key[2] AS currency, ${figureColumns}
    FROM (${figuresSql(changes, range)}) f JOIN payers y ON y.code = f.key[1]) k`;
}

/** Sums of all rows that match, by currency; by account without a text the same as by office. */
export function daybookTotalsSql(
  by: 'office' | 'payer',
  query: TrialBalanceQuery,
  range: ReportRange,
  actor: Actor,
): RawBuilder<unknown> {
  const named = by === 'office' ? sql`o` : sql`y`;
  const matching = sql`EXISTS (SELECT FROM (SELECT ${named}.code, ${named}.name) k WHERE ${query.where})`;
  const scope = sql`${inOffices(actor, query.values, sql`d.office_id`)} AND ${query.values.q === undefined ? sql`TRUE` : matching}`;
  return figuresSql(daybookChanges(by, sql`o.currency`, scope), range);
}
