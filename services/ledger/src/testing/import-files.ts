import { row, rows, run, sql, transaction, type Db } from '@recoup/service-kit';

/** The columns of the mapping `recoup` that are not contact data. */
export const columns = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate,disputed';

/** What was refused of an import: line, column, value and reason. */
export async function rejectionsOf(
  db: Db,
  importId: string,
): Promise<[number, string | null, string | null, string][]> {
  const found = await rows<{ line: number; column: string | null; value: string | null; reason: string }>(
    db,
    sql`SELECT line, column_name AS "column", value, reason FROM import_rejections WHERE import_id = ${importId} ORDER BY line, id`,
  );
  return found.map(({ line, column, value, reason }) => [line, column, value, reason]);
}

/** The same with severity and what became of the row. */
export async function findingsOf(db: Db, importId: string): Promise<unknown[][]> {
  const found = await rows<Record<string, unknown>>(
    db,
    sql`SELECT line, column_name, value, reason, severity, row_outcome FROM import_rejections WHERE import_id = ${importId} ORDER BY line, id`,
  );
  return found.map((each) => Object.values(each));
}

const waitMs = 10_000;

/**
 * Does work and breaks one of its transactions off in the middle: `obstacle` takes beforehand what it will need, and when
 * it waits for that its connection is cut. What the obstacle wrote is rolled back.
 */
export async function breakOffAt<T>(
  db: Db,
  obstacle: (tx: Db) => Promise<unknown>,
  work: () => Promise<T>,
): Promise<{ cut: boolean; done: T }> {
  let cut = false;
  let working: Promise<T> | undefined;
  await transaction(db, async (tx) => {
    await obstacle(tx);
    working = work();
    for (const until = Date.now() + waitMs; !cut && Date.now() < until;) {
      const ended = await row<{ ended: boolean }>(
        tx,
        sql`SELECT pg_terminate_backend(pid) AS ended FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))`,
      );
      cut = ended?.ended ?? false;
      await run(tx, sql`SELECT pg_sleep(0.02)`);
    }
    throw new RolledBack();
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return { cut, done: await (working ?? work()) };
}

class RolledBack extends Error {}
