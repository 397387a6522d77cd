import {
  againstRule,
  notFound,
  officeScope,
  row,
  sql,
  type Actor,
  type Clock,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { creditAsOfSql, lineOpenAsOfSql, openAsOfSql } from './as-of.sql.js';

/** What the account itself, or who a bill line is queued to, owed at the end of a day, in minor units; credit only of a whole account. */
export interface BalanceView {
  readonly id: string;
  readonly asOf: string;
  readonly currency: string;
  readonly balance: number;
  readonly credit: number | null;
}

type Of = 'account' | 'invoice' | 'bill line';

const sources: Record<Of, { from: RawBuilder<unknown>; postings: RawBuilder<unknown> }> = {
  account: { from: sql`accounts x JOIN accounts a ON a.id = x.id`, postings: sql`p.account_id = a.id` },
  invoice: {
    from: sql`invoices x JOIN accounts a ON a.id = x.account_id`,
    postings: sql`p.account_id = a.id AND p.invoice_id = x.id`,
  },
  'bill line': {
    from: sql`bill_lines x JOIN accounts a ON a.id = x.account_id`,
    postings: sql`p.account_id = a.id AND p.bill_line_id = x.id`,
  },
};

/**
 * The balance of an account, an invoice or a bill line as of a date, by effective date (LED-3); today unless told.
 * @throws DomainError 404, 422 `future-date`: a balance to come is not known
 */
export async function readBalance(
  db: Db,
  clock: Clock,
  actor: Actor,
  of: Of,
  id: string,
  date?: string,
): Promise<BalanceView> {
  const { from, postings } = sources[of];
  const office = await row<{ timeZone: string }>(
    db,
    sql`SELECT o.time_zone AS "timeZone" FROM ${from} JOIN offices o ON o.id = a.office_id
        WHERE x.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
  );
  if (!office) throw notFound(of);
  const today = clock.today(office.timeZone);
  const asOf = date ?? today;
  if (asOf > today)
    throw againstRule('future-date', `${asOf} is after the office's today, ${today}.`, [
      { field: 'asOf', message: 'is after the office’s today', expected: `at most ${today}` },
    ]);
  const credit = of === 'account' ? creditAsOfSql(postings, asOf) : sql`NULL::bigint`;
  const open = of === 'bill line' ? lineOpenAsOfSql(postings, asOf) : openAsOfSql(postings, asOf);
  const found = await row<BalanceView>(
    db,
    sql`SELECT x.id, ${asOf}::date AS "asOf", a.currency, ${open} AS balance, ${credit} AS credit
        FROM ${from} WHERE x.id = ${id}`,
  );
  if (!found) throw notFound(of);
  return found;
}
