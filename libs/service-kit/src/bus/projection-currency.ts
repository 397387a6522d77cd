import { heartbeat } from '@recoup/contracts';
import type { MikroORM } from '@mikro-orm/postgresql';
import { row, run, sql, type Db } from '../database/database.js';

/** How current a projection is: the instant up to which everything the producer committed has been applied here. */
export interface Currency {
  readonly currentAsOf: string | null;
  readonly eventsBehind: number;
}

/**
 * Keeps what a relay said of how far its topics were written, for the hour in which a consumer may still get there.
 * A heartbeat that can't be read is passed over: the next one comes in 5 s.
 */
export async function keepHeartbeat(db: Db, value: Uint8Array): Promise<void> {
  const beat = heartbeat.safeParse(parsed(value));
  if (!beat.success) return;
  const { service, at, offsets } = beat.data;
  await run(
    db,
    sql`WITH old AS (DELETE FROM relay_heartbeats WHERE service = ${service} AND said_at < ${at}::timestamptz - interval '1 hour')
        INSERT INTO relay_heartbeats (service, said_at, offsets) VALUES (${service}, ${at}, ${JSON.stringify(offsets)}::json)
        ON CONFLICT (service, said_at) DO UPDATE SET offsets = excluded.offsets`,
  );
}

function parsed(value: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(value).toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Compares the producer's heartbeats with this consumer's positions: the projection is current as of the latest heartbeat
 * whose every offset has been passed, and the latest of all says how many events it is behind.
 */
export async function projectionCurrency(orm: MikroORM, service: string, topicPrefix: string): Promise<Currency> {
  const topic = `recoup.${service}.events`;
  const behind = sql`SELECT coalesce(sum(greatest(o.last_offset::bigint + 1 - coalesce(p.next_offset, 0), 0)), 0)::bigint
    FROM json_array_elements_text(h.offsets -> ${topic}) WITH ORDINALITY AS o (last_offset, n)
    LEFT JOIN consumer_positions p ON p.topic = ${topicPrefix + topic} AND p.partition = o.n - 1`;
  const found = await row<{ current_as_of: string | null; behind: number | null }>(
    orm.em.fork(),
    sql`SELECT (SELECT h.said_at FROM relay_heartbeats h WHERE h.service = ${service} AND (${behind}) = 0
                ORDER BY h.said_at DESC LIMIT 1) AS current_as_of,
               (SELECT (${behind}) FROM relay_heartbeats h WHERE h.service = ${service}
                ORDER BY h.said_at DESC LIMIT 1) AS behind`,
  );
  return { currentAsOf: found?.current_as_of ?? null, eventsBehind: found?.behind ?? 0 };
}
