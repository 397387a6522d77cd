import { DomainError, row, run, sql, transaction, type Db } from '@recoup/service-kit';

/** How often whoever reads a file says that it still does, and after how long a silence nobody does. */
const heardEveryMs = 5_000;
export const silentAfterSeconds = 30;
const abandonedAtOnceMax = 100;

const ledgerStopped = 'The ledger stopped while it read the file. Nothing of it was booked: send the file again.';
const brokenOff = 'The file broke off before it had come whole. Nothing of it was booked: send it again.';

/** Does `work` with a file that comes, and says all the while that it is still read, however slowly it comes. */
export async function whileRead<T>(
  db: Db,
  importId: string,
  work: () => Promise<T>,
  everyMs = heardEveryMs,
): Promise<T> {
  const timer = setInterval(() => {
    // One that is missed is made up for by the next.
    void hear(db, importId).catch(() => undefined);
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function hear(db: Db, importId: string): Promise<number> {
  return run(db, sql`UPDATE imports SET received_at = clock_timestamp() WHERE id = ${importId}`);
}

/**
 * Why an import ended before it was booked, for whoever looks at it later. A refusal is told by its code: its sentence
 * may quote the file, and what a file says is kept where an erasure reaches it.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof DomainError)) return brokenOff;
  return `The file was refused as it came (${error.code}), and its sender was told why. Nothing of it was booked: mend it and send it again.`;
}

const silent = sql`i.received_at < clock_timestamp() - make_interval(secs => ${silentAfterSeconds})`;

/**
 * Ends a run whose file never came whole, or that was cancelled while it came; its staged rows and chunks go.
 * @param only a further condition on the run `r` and its import `i`, asked again under the lock
 */
export async function abandonImport(db: Db, importId: string, reason: string, only = sql`TRUE`): Promise<void> {
  await transaction(db, async (tx) => {
    const open = await row(
      tx,
      sql`SELECT r.id FROM runs r JOIN imports i ON i.id = r.id
          WHERE r.id = ${importId} AND r.status IN ('previewing', 'cancelled') AND ${only} FOR UPDATE`,
    );
    if (!open) return;
    await run(tx, sql`DELETE FROM import_rows WHERE import_id = ${importId}`);
    await run(tx, sql`DELETE FROM run_chunks WHERE run_id = ${importId} AND status <> 'done'`);
    await run(
      tx,
      sql`UPDATE runs SET status = 'cancelled', finished_at = coalesce(finished_at, clock_timestamp()),
            last_error = CASE status WHEN 'previewing' THEN ${reason}::text ELSE last_error END
          WHERE id = ${importId}`,
    );
  });
}

/** Ends imports whose ledger died while the file came: nothing was booked of them. */
export async function abandonStaleImports(db: Db): Promise<void> {
  for (let count = 0; count < abandonedAtOnceMax; count += 1) {
    const stale = await row<{ id: string }>(
      db,
      sql`SELECT r.id FROM runs r JOIN imports i ON i.id = r.id
          WHERE r.kind = 'import' AND r.status = 'previewing' AND ${silent} LIMIT 1`,
    );
    if (!stale) return;
    await abandonImport(db, stale.id, ledgerStopped, silent);
  }
}
