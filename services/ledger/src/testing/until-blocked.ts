import { row, sql, type Db } from '@recoup/service-kit';

const pollMs = 10;
const attemptsMax = 3000;

/** Waits until somebody else waits for a lock that `holder` has; fails after half a minute. */
export async function untilBlocked(holder: Db): Promise<void> {
  const blocked = sql`SELECT 1 AS found FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))`;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    if (await row(holder, blocked)) return;
    await new Promise((resolve) => {
      setTimeout(resolve, pollMs);
    });
  }
  throw new Error('Nobody waits for the lock');
}
