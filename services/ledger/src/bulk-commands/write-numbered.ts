import { row, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';

/** How often numbers that are taken are passed over in one attempt; an attempt that comes again goes on from where this ended. */
const roundsMax = 100;

/**
 * Writes an invoice for each item that is done by a statement that gives the next numbers to those not written yet and
 * leaves out what it finds taken: a number that somebody gave by hand, before or just now, is passed over.
 */
export async function writeNumbered(tx: Db, statement: RawBuilder<unknown>): Promise<void> {
  const wanted = await row<{ items: number }>(tx, sql`SELECT count(*) AS items FROM chunk_items WHERE status = 'done'`);
  let left = wanted?.items ?? 0;
  for (let round = 0; left > 0; round += 1) {
    if (round === roundsMax) throw new Error(`No free numbers were found for ${left} invoices`);
    left -= await run(tx, statement);
  }
}
