import { againstRule, row, sql, type Clock, type Db } from '@recoup/service-kit';

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
 * Refuses a zone in which the office's today is before what it has booked, for no transaction takes effect after today
 * (`rulings`, 6). Read from the daybook: bookings of 0.00 move nothing on any day.
 * @throws DomainError 422 `booked-after-today`
 */
export async function requireBookedByToday(tx: Db, clock: Clock, { id, timeZone }: Zoned): Promise<void> {
  const today = clock.today(timeZone);
  const found = await row<{ latest: string | null }>(
    tx,
    sql`SELECT max(effective_date) AS latest FROM daybook_figures WHERE office_id = ${id} AND effective_date > ${today}::date`,
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
