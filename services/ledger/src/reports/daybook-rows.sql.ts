import { sql, type Actor, type RawBuilder } from '@recoup/service-kit';
import { inOffices, type ReportRange } from './report-range.js';
import { creditChange, figureColumns, figuresSql, payerChange, selfChange } from './trial-balance.sql.js';
import type { TrialBalanceQuery } from './trial-balance-list.js';

const d = sql`d`;

/** What the daybook tells of the accounts' own side, by office. */
function officeChanges(key: RawBuilder<unknown>, scope: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`SELECT ${key} AS key, d.effective_date, d.type_code, ${selfChange(d)} AS owed, ${creditChange(d)} AS credit
    FROM daybook_figures d JOIN offices o ON o.id = d.office_id WHERE ${scope}`;
}

/** What it tells of every payer's side. Credit is the account's: it stands with Self, whoever's line it is spent on. */
function payerChanges(key: RawBuilder<unknown>, scope: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`SELECT ${key} AS key, d.effective_date, d.type_code, side.owed, side.credit
    FROM daybook_figures d JOIN offices o ON o.id = d.office_id JOIN payers self ON self.type = 'self'
    CROSS JOIN LATERAL (VALUES (coalesce(d.payer_id, self.id), ${payerChange(d)}, 0), (self.id, 0, ${creditChange(d)})) side (payer_id, owed, credit)
    JOIN payers y ON y.id = side.payer_id WHERE ${scope} AND (side.owed <> 0 OR side.credit <> 0)`;
}

/** Rows by office: all that match, whether or not something was posted. Names the row `k`. */
export function officeRowsSql(query: TrialBalanceQuery, range: ReportRange, actor: Actor): RawBuilder<unknown> {
  const changes = officeChanges(sql`d.office_id`, inOffices(actor, query.values, sql`d.office_id`));
  return sql`(SELECT o.id::text AS id, o.code, o.name, o.code AS "officeCode", o.currency, ${figureColumns}
    FROM offices o LEFT JOIN (${figuresSql(changes, range)}) f ON f.key = o.id
    WHERE ${inOffices(actor, query.values, sql`o.id`)}) k`;
}

/** Rows by payer and currency: those for which anything was ever posted until the end of the range. */
export function payerRowsSql(query: TrialBalanceQuery, range: ReportRange, actor: Actor): RawBuilder<unknown> {
  const key = sql`ARRAY[y.code, o.currency]`;
  const changes = payerChanges(key, inOffices(actor, query.values, sql`d.office_id`));
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
  const changes = by === 'office' ? officeChanges : payerChanges;
  return figuresSql(changes(sql`o.currency`, scope), range);
}
