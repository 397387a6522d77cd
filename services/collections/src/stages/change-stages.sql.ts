import { sql, type RawBuilder } from '@recoup/service-kit';

/** Who changes stages, when, and for which action. */
export interface StageChange {
  /** A query of account_id, stage (wanted), expected (stage it must have now, or null) and barred (a reason, or null). */
  readonly target: RawBuilder<unknown>;
  /** Further data-modifying parts over `changed`, each beginning with a comma; or empty. */
  readonly record: RawBuilder<unknown>;
  /** The final SELECT over `changed` and what `record` adds. */
  readonly result: RawBuilder<unknown>;
  readonly actor: string;
  readonly bulkActionId: string | null;
  readonly now: string;
  readonly correlationId: string;
}

/**
 * Changes the stage of a set of accounts whose states are locked: state, history, event and audit in one statement, since
 * each statement of a chunk costs the whole run a hundred times over (B1). Every part reads `changed` alone and finds the
 * rest by index, for the planner can't know how many rows a part returns, and joins two of them in a nested loop.
 *
 * Asking for the count of `closed` makes all periods end before the first new one is inserted, as their exclusion constraint
 * wants. A period begins when its stage did, so a business clock set back can't make it end before.
 */
export function changeStagesSql(change: StageChange): RawBuilder<unknown> {
  const { actor, bulkActionId, now, correlationId } = change;
  return sql`
    WITH target AS MATERIALIZED (${change.target}),
    changed AS (
      UPDATE account_states s
      SET stage = t.stage, stage_since = greatest(s.stage_since, ${now}::timestamptz), sequence = s.sequence + 1
      FROM target t
      WHERE s.account_id = t.account_id AND t.barred IS NULL AND s.stage <> t.stage AND (t.expected IS NULL OR s.stage = t.expected)
      RETURNING s.account_id, old.stage AS previous, new.stage, new.stage_since AS since, new.sequence),
    closed AS (
      UPDATE stage_periods p SET period = tstzrange(lower(p.period), c.since) FROM changed c
      WHERE p.account_id = c.account_id AND upper_inf(p.period) RETURNING 1),
    opened AS (
      INSERT INTO stage_periods (account_id, stage, period, actor, bulk_action_id)
      SELECT account_id, stage, tstzrange(since, NULL), ${actor}, ${bulkActionId}::uuid
      FROM changed WHERE (SELECT count(*) FROM closed) >= 0),
    told AS (
      INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id)
      SELECT 'recoup.collections.events', account_id, 'recoup.collections.stage-changed.v1', account_id, sequence,
             json_build_object('accountId', account_id, 'stage', stage, 'previousStage', previous, 'changedAt', ${now}::text,
                               'actor', ${actor}::text, 'bulkActionId', ${bulkActionId}::uuid),
             ${correlationId}
      FROM changed ORDER BY account_id),
    audited AS (
      INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
      SELECT ${actor}, 'set-stage', 'account', account_id, account_id, ${bulkActionId}::uuid,
             jsonb_build_object('stage', previous), jsonb_build_object('stage', stage), ${correlationId}
      FROM changed)
    ${change.record}
    ${change.result}`;
}
