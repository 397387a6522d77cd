import { row, run, sql, type Db } from '@recoup/service-kit';

/** The kind of file that refers accounts to an agency. */
export const placementKind = 'placement';

/**
 * Puts a batch of placement rows on its way to its agency as one file, in the caller's transaction; nothing when the batch
 * is empty or on its way already. The agency's row is locked for the file's number, so that numbers have no gaps.
 */
export async function createDelivery(tx: Db, agencyCode: string, batchId: string, now: string): Promise<void> {
  const known = await row(
    tx,
    sql`SELECT 1 FROM deliveries WHERE recipient = ${agencyCode} AND kind = ${placementKind} AND batch_id = ${batchId}`,
  );
  const filled = await row(tx, sql`SELECT 1 FROM placement_rows WHERE batch_id = ${batchId} LIMIT 1`);
  if (known || !filled) return;
  const agency = await row<{ file_sequence: number }>(
    tx,
    sql`UPDATE agencies SET file_sequence = file_sequence + 1 WHERE code = ${agencyCode} RETURNING file_sequence`,
  );
  if (!agency) throw new Error(`There is no agency ${agencyCode}`);
  const sequence = agency.file_sequence;
  await run(
    tx,
    sql`INSERT INTO deliveries (recipient, kind, batch_id, file_sequence, file_name, file_date, row_count, totals)
        SELECT ${agencyCode}, ${placementKind}, ${batchId}, ${sequence}, ${`${agencyCode}-${sequence}.csv`}, (${now}::timestamptz AT TIME ZONE 'UTC')::date,
               sum(count)::bigint, json_agg(json_build_object('currency', currency, 'count', count, 'amount', amount) ORDER BY currency)
        FROM (SELECT currency, count(*) AS count, sum(amount)::bigint AS amount FROM placement_rows WHERE batch_id = ${batchId} GROUP BY currency) by_currency`,
  );
}
