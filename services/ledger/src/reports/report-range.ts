import { businessDate, code } from '@recoup/contracts';
import {
  againstRule,
  filterOf,
  officeScope,
  rows,
  seesAllOffices,
  sql,
  type Actor,
  type Clock,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { z } from 'zod';

/** The days that a report is of, both included; without `from` the books are read from their beginning. */
export interface ReportRange {
  readonly from: string | undefined;
  readonly to: string;
}

/** Filters that every report on the books has; the report reads their values itself. */
export const officesFilter = { officeCodes: filterOf(z.array(code).min(1).max(200)) };
export const rangeFilters = { from: filterOf(businessDate), to: filterOf(businessDate), ...officesFilter };

interface Offices {
  readonly officeCodes?: readonly string[] | undefined;
}

/** The condition on a column with an office's id that narrows to the actor's offices and to those asked for (S3). */
export function inOffices(actor: Actor, { officeCodes }: Offices, officeId: RawBuilder<unknown>): RawBuilder<unknown> {
  if (seesAllOffices(actor) && officeCodes === undefined) return sql`TRUE`;
  return sql`${officeId} IN (SELECT o.id FROM offices o WHERE ${officeScope(actor, sql`o.code`)} AND ${named(officeCodes)})`;
}

function named(officeCodes: readonly string[] | undefined): RawBuilder<unknown> {
  return officeCodes === undefined ? sql`TRUE` : sql`o.code = ANY(${[...officeCodes]}::text[])`;
}

/**
 * Reads the range of a report; without `to` it goes to today. Where offices are in several zones the day must have begun
 * in all of them.
 * @throws DomainError 422 `from-after-to`, `future-date`
 */
export async function reportRange(
  db: Db,
  clock: Clock,
  actor: Actor,
  asked: Offices & { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<ReportRange> {
  const to = await reportDay(db, clock, actor, asked, asked.to, 'filter.to');
  const { from } = asked;
  if (from === undefined || from <= to) return { from, to };
  throw againstRule('from-after-to', `The range begins on ${from}, after its end, ${to}.`, [
    { field: 'filter.from', message: 'is after the end of the range', expected: `at most ${to}` },
  ]);
}

/**
 * A day that a report may be of: the one asked for, else today in the strictest of its offices.
 * @throws DomainError 422 `future-date`
 */
export async function reportDay(
  db: Db,
  clock: Clock,
  actor: Actor,
  { officeCodes }: Offices,
  day: string | undefined,
  field: string,
): Promise<string> {
  const zones = await rows<{ zone: string }>(
    db,
    sql`SELECT DISTINCT o.time_zone AS zone FROM offices o WHERE ${officeScope(actor, sql`o.code`)} AND ${named(officeCodes)}`,
  );
  const [today = clock.today('UTC')] = zones.map(({ zone }) => clock.today(zone)).toSorted();
  if (day === undefined || day <= today) return day ?? today;
  throw againstRule('future-date', `${field} is ${day}, after the offices' today, ${today}.`, [
    { field, message: 'is after the offices’ today', expected: `at most ${today}` },
  ]);
}
