import { uuid } from '@recoup/contracts';
import { officeScope, rows, sql, type Actor, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { unreferred, type Unreferred } from '../queueing/queueable-lines.sql.js';

/** The account whose begun referrals are asked for. */
export const begunReferralsQuery = z.strictObject({ accountId: uuid });

/**
 * What was written off in the window of a payment of 0.00 and not yet queued to an agency: referrals that were left after
 * that step (LED-41). A custom write-off outside such a window need not be meant for an agency, so alone it begins none;
 * it goes along with its line, as queueing does it. Empty for an account that the actor's offices don't have.
 */
export async function begunReferrals(db: Db, actor: Actor, accountId: string): Promise<Unreferred[]> {
  const written = await rows<{ id: string }>(
    db,
    sql`SELECT DISTINCT p.bill_line_id AS id
        FROM transactions z
        JOIN offices o ON o.id = z.office_id
        JOIN transactions t ON t.payment_id = z.id AND t.kind = 'write-off'
        JOIN transaction_types y ON y.code = t.type_code AND y.custom_number IS NOT NULL
        JOIN postings p ON p.transaction_id = t.id AND p.account_id = z.account_id AND p.bill_line_id IS NOT NULL
        WHERE z.account_id = ${accountId} AND z.kind = 'payment' AND z.amount = 0 AND ${officeScope(actor, sql`o.code`)}
          AND NOT EXISTS (SELECT FROM transactions v WHERE v.reverses_id = t.id)`,
  );
  if (written.length === 0) return [];
  return unreferred(
    db,
    accountId,
    written.map(({ id }) => id),
  );
}
