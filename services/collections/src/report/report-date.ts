import { againstRule, Clock, officeScope, rows, sql, type Actor, type Db } from '@recoup/service-kit';

/**
 * The day that a report is of: the one asked for, else today, in the strictest of the offices that are selected and that
 * the actor may see (`rulings`, 4).
 * @param field where in the request the day stands
 * @throws DomainError 422 `as-of-in-future` when it has not begun everywhere
 */
export async function reportDate(
  db: Db,
  clock: Clock,
  actor: Pick<Actor, 'offices'>,
  asked: { readonly asOf?: string | undefined; readonly officeCodes?: readonly string[] | undefined },
  field: string,
): Promise<string> {
  const selected = asked.officeCodes ? sql`o.code = ANY(${[...asked.officeCodes]}::text[])` : sql`TRUE`;
  const zones = await rows<{ code: string; zone: string }>(
    db,
    sql`SELECT min(o.code) AS code, o.time_zone AS zone FROM offices o
        WHERE ${officeScope(actor, sql`o.code`)} AND ${selected} GROUP BY o.time_zone ORDER BY 1`,
  );
  const days = zones.map(({ code, zone }) => ({ code, today: clock.today(zone) }));
  const first = days.toSorted((a, b) => (a.today < b.today ? -1 : 1))[0] ?? { code: 'UTC', today: clock.today('UTC') };
  if (asked.asOf === undefined || asked.asOf <= first.today) return asked.asOf ?? first.today;
  throw againstRule(
    'as-of-in-future',
    `The report can't be of ${asked.asOf}: in the office ${first.code} today is ${first.today}.`,
    [{ field, message: 'is in the future', expected: `at most ${first.today}` }],
  );
}
