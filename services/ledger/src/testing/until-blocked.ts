import { row, sql, type Db } from '@recoup/service-kit';

/** Waits until somebody else waits for a lock that `holder` has. */
export async function untilBlocked(holder: Db): Promise<void> {
  const blocked = sql`SELECT 1 AS found FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))`;
  while (!(await row(holder, blocked)))
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
}
