import type { Client } from 'pg';
import { until } from './bulk-runs.js';

/** Waits until a follower has applied all that the ledger wrote of the accounts of an office, or of all offices. */
export async function caughtUp(ledger: Client, follower: Client, office: string | null = null): Promise<void> {
  const written = await sum(ledger, 'a.sequence', '', office);
  const applied = `JOIN applied_sequences s ON s.topic = 'recoup.ledger.events' AND s.aggregate_id = a.id::text`;
  await until(async () => (await sum(follower, 's.sequence', applied, office)) === written);
}

async function sum(sql: Client, sequence: string, from: string, office: string | null): Promise<string | undefined> {
  const { rows } = await sql.query<{ sum: string }>(
    `SELECT coalesce(sum(${sequence}), 0)::bigint AS sum FROM accounts a JOIN offices o ON o.id = a.office_id ${from}
     WHERE $1::text IS NULL OR o.code = $1`,
    [office],
  );
  return rows[0]?.sum;
}
