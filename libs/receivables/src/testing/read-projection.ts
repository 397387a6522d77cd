import { rows, sql, type Db } from '@recoup/service-kit';
import type { FoldedAccount } from './fold-history.js';

/** What the database holds of accounts, in the shape of the plain fold. */
export async function readProjection(db: Db, accountIds: readonly string[]): Promise<Record<string, FoldedAccount>> {
  const found = await rows<FoldedAccount & { id: string }>(
    db,
    sql`SELECT a.id, a.balance, a.credit, a.open_invoices AS "openInvoices",
               CASE WHEN a.last_payment_date IS NOT NULL
                 THEN json_build_object('date', a.last_payment_date, 'amount', a.last_payment_amount) END AS "lastPayment",
               (SELECT coalesce(json_object_agg(i.id, i.open_amount), '{}') FROM invoices i WHERE i.account_id = a.id) AS invoices,
               (SELECT coalesce(json_object_agg(b.id, b.open_amount), '{}') FROM bill_lines b WHERE b.account_id = a.id) AS lines,
               (SELECT coalesce(json_object_agg(d.id, d.settled_on), '{}') FROM disputes d WHERE d.account_id = a.id) AS disputes
        FROM accounts a WHERE a.id = ANY(${[...accountIds]}::uuid[])`,
  );
  return Object.fromEntries(found.map(({ id, ...account }) => [id, account]));
}

/** Accounts whose running figures differ from the sums of their movements, lines or invoices. */
export function unbalancedAccounts(db: Db): Promise<unknown[]> {
  return rows(
    db,
    sql`SELECT a.id FROM accounts a
        LEFT JOIN (SELECT account_id, sum(amount) AS amount, sum(credit_amount) AS credit FROM movements GROUP BY 1) m ON m.account_id = a.id
        LEFT JOIN (SELECT account_id, sum(open_amount) AS amount FROM invoices GROUP BY 1) i ON i.account_id = a.id
        LEFT JOIN (SELECT account_id, sum(open_amount) AS amount FROM bill_lines WHERE payer_type = 'self' GROUP BY 1) b ON b.account_id = a.id
        WHERE a.balance <> coalesce(m.amount, 0) OR a.credit <> coalesce(m.credit, 0)
           OR a.balance <> coalesce(i.amount, 0) OR a.balance <> coalesce(b.amount, 0)`,
  );
}
