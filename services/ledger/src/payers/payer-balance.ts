import { officeScope, rows, sql, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { reportDay } from '../reports/report-range.js';
import type { PayerView } from './payer.js';

/** What a payer owes at the end of a day in one currency, over the actor's offices, in minor units. */
export interface PayerBalance {
  readonly asOf: string;
  readonly currency: string;
  readonly balance: number;
}

/**
 * A payer's outstanding as of a date by currency (LED-3), today unless told; Self's is what accounts owe themselves. It is
 * read from the daybook, as the trial balance by payer is: an agency's postings, let alone those of Self, grow with the books.
 * @throws DomainError 422 `future-date`
 */
export async function readPayerBalances(
  db: Db,
  clock: Clock,
  actor: Actor,
  { id, type }: Pick<PayerView, 'id' | 'type'>,
  date: string | undefined,
): Promise<PayerBalance[]> {
  const asOf = await reportDay(db, clock, actor, {}, date, 'asOf');
  const receivable = `receivable:${type}`;
  return rows<PayerBalance>(
    db,
    sql`SELECT ${asOf}::date AS "asOf", o.currency, sum(CASE d.debit WHEN ${receivable} THEN d.amount ELSE -d.amount END)::bigint AS balance
        FROM daybook_figures d JOIN offices o ON o.id = d.office_id
        WHERE ${type === 'self' ? sql`d.payer_id IS NULL` : sql`d.payer_id = ${id}`} AND ${receivable} IN (d.debit, d.credit)
          AND d.effective_date <= ${asOf}::date AND ${officeScope(actor, sql`o.code`)}
        GROUP BY o.currency ORDER BY o.currency`,
  );
}
