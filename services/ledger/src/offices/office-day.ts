import { againstRule, row, sql, wrongState, type Clock, type Db } from '@recoup/service-kit';

/** The part of an office that its days hang on. */
interface Zoned {
  readonly id: string;
  readonly timeZone: string;
}

/**
 * Holds all bookings up until the transaction ends, and waits for those under way: each reads its office's today under the lock
 * of its account, and would otherwise book by the old zone what the new one is judged without.
 */
export async function holdBookings(tx: Db): Promise<void> {
  await row(tx, sql`SELECT hold_bookings()`);
}

/**
 * Refuses to move an office while a file is read or booked: its dates were judged by the zone that the office had, and aren't
 * looked at again. Who begins an import waits for the office's row (`holdZones`), which the caller has locked.
 * @throws DomainError 409 `import-under-way`
 */
export async function requireNoImport(tx: Db): Promise<void> {
  const found = await row(
    tx,
    sql`SELECT 1 FROM runs WHERE kind = 'import' AND status IN ('previewing', 'running', 'paused') LIMIT 1`,
  );
  if (!found) return;
  throw wrongState(
    'import-under-way',
    'An import is under way, whose dates were judged by the zone as it is. Change the zone when it has ended, or stop it.',
  );
}

/** Keeps every office in its zone until the transaction ends, for an import that begins to judge dates by it. */
export async function holdZones(tx: Db): Promise<void> {
  await row(tx, sql`SELECT count(*) FROM (SELECT id FROM offices ORDER BY id FOR SHARE) AS held`);
}

/**
 * Refuses a zone in which the office's today is before what it has booked, for no transaction takes effect after today
 * (`rulings`, 6). Read from the daybook, and, of what posts nothing and isn't in it, from the transactions of 0.00: they take
 * effect on a day as well.
 * @throws DomainError 422 `booked-after-today`
 */
export async function requireBookedByToday(tx: Db, clock: Clock, { id, timeZone }: Zoned): Promise<void> {
  const today = clock.today(timeZone);
  const found = await row<{ latest: string | null }>(
    tx,
    sql`SELECT max(effective_date) AS latest FROM (
          SELECT effective_date FROM daybook_figures WHERE office_id = ${id} AND effective_date > ${today}::date
          UNION ALL
          SELECT effective_date FROM transactions WHERE office_id = ${id} AND amount = 0 AND effective_date > ${today}::date) booked`,
  );
  const latest = found?.latest ?? null;
  if (latest === null) return;
  throw againstRule(
    'booked-after-today',
    `In ${timeZone} it is still ${today}, and the office has booked on ${latest} already. Change its zone once that day has begun there.`,
    [
      {
        field: 'timeZone',
        message: `is a zone in which it is still ${today}`,
        expected: `one in which ${latest} has begun`,
      },
    ],
  );
}
