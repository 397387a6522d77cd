import type { Pool, PoolClient } from 'pg';

/**
 * Gives a connection that ended while it was in use back to the pool. A transaction whose connection is gone can't be
 * rolled back, and kysely gives a connection back only after a rollback that succeeded: each restart of PostgreSQL
 * would cost the pool as many places as there were transactions, until no query finds one.
 */
export function releaseLostConnections(pool: Pool): void {
  const inUse = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!inUse.has(client)) return;
      client.release(true);
      // Whoever had it may still give it back; that is done already.
      client.release = () => undefined;
    });
  });
}
