import type { MikroORM } from '@mikro-orm/postgresql';
import { projectionCurrency, row, sql, wrongState } from '@recoup/service-kit';
import { projectionBehindMsMax } from './bulk-action.js';

/** So many events are a minute's work at the slowest rate that is taken for granted, 5,000 a second. */
const eventsBehindMax = (projectionBehindMsMax / 1000) * 5000;

/**
 * Refuses a preview from figures that are more than a minute old: the ledger was not heard of for so long, or there is more
 * to apply than a minute's worth, or applying stands still. Real time counts, whatever the business clock says.
 * @throws DomainError 409 `projection-behind` with what is known of the distance
 */
export async function requireCurrentProjection(orm: MikroORM, topicPrefix: string): Promise<void> {
  const { currentAsOf, eventsBehind } = await projectionCurrency(orm, 'ledger', topicPrefix);
  const silentSince = currentAsOf ?? (eventsBehind > 0 ? await lastApplied(orm, topicPrefix) : undefined);
  const ageMs = silentSince === undefined ? 0 : Date.now() - Date.parse(silentSince);
  if (ageMs <= projectionBehindMsMax && eventsBehind <= eventsBehindMax) return;
  throw wrongState(
    'projection-behind',
    'The figures here are more than a minute behind the ledger. Try again when they have caught up.',
    { currentAsOf, eventsBehind },
  );
}

async function lastApplied(orm: MikroORM, topicPrefix: string): Promise<string | undefined> {
  const found = await row<{ moved_at: string | null }>(
    orm.em.fork(),
    sql`SELECT max(moved_at) AS moved_at FROM consumer_positions WHERE topic = ${`${topicPrefix}recoup.ledger.events`}`,
  );
  return found?.moved_at ?? undefined;
}
