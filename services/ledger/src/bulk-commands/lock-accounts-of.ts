import { row, sql, type Db, type ReceivedMessage } from '@recoup/service-kit';
import type { Command } from './command-types.js';

/**
 * Locks the accounts of all chunks of a run at once, in order of id (law 9): those that our own services name by their ids,
 * and those that other systems name by office and number.
 */
export async function lockAccountsOf(tx: Db, messages: readonly ReceivedMessage<Command>[]): Promise<void> {
  const ids = messages.flatMap(({ data }) => ('items' in data ? data.items.map(({ accountId }) => accountId) : []));
  const numbered = messages.flatMap(({ data }) =>
    'invoices' in data ? data.invoices.map(({ officeCode, accountNumber }) => ({ officeCode, accountNumber })) : [],
  );
  await row(
    tx,
    sql`SELECT count(*) AS locked FROM (
          SELECT FROM accounts WHERE id IN (
            SELECT unnest(${ids}::uuid[])
            UNION
            SELECT a.id FROM json_to_recordset(${JSON.stringify(numbered)}::json) AS g ("officeCode" text, "accountNumber" text)
            JOIN offices o ON o.code = g."officeCode" JOIN accounts a ON a.office_id = o.id AND a.number = g."accountNumber")
          ORDER BY id FOR UPDATE) a`,
  );
}
