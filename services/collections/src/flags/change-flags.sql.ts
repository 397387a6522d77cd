import { sql, type RawBuilder } from '@recoup/service-kit';

/** Who changes flags, when, and for which action. */
export interface FlagsChange {
  /**
   * A query of account_id, add and remove (sorted arrays of codes), expected (the codes among `concerned` that the account
   * must have now, or null) and barred (a reason, or null).
   */
  readonly target: RawBuilder<unknown>;
  /** All codes that any row of `target` names. */
  readonly concerned: readonly string[];
  /** Further data-modifying parts over `changed`, each beginning with a comma; or empty. */
  readonly record: RawBuilder<unknown>;
  /** The final SELECT over `changed` and what `record` adds. */
  readonly result: RawBuilder<unknown>;
  readonly actor: string;
  readonly bulkActionId: string | null;
  readonly now: string;
  readonly correlationId: string;
}

/** The flags among `concerned` of all accounts that have any, as sorted arrays of codes: (account_id, codes). For whole sets. */
export function heldFlags(concerned: readonly string[]): RawBuilder<unknown> {
  return sql`(SELECT af.account_id, array_agg(f.code ORDER BY f.code) AS codes
              FROM account_flags af JOIN flags f ON f.id = af.flag_id
              WHERE f.code = ANY(${[...concerned]}::text[]) GROUP BY af.account_id)`;
}

/**
 * Adds and removes flags of a set of accounts whose states are locked: flags, event and audit in one statement. An account
 * that has what is to be added and lacks what is to be removed is left alone (BLK-10). A flag deleted or made inactive since
 * it was asked for is not added; an undo, which says what it expects, gives an inactive one back.
 */
export function changeFlagsSql(change: FlagsChange): RawBuilder<unknown> {
  const { actor, bulkActionId, now, correlationId, concerned } = change;
  return sql`
    WITH target AS MATERIALIZED (${change.target}),
    judged AS MATERIALIZED (
      SELECT t.account_id, coalesce(held.codes, '{}') AS before,
             ARRAY(SELECT f.code FROM flags f WHERE f.code = ANY(t.add) AND (f.active OR t.expected IS NOT NULL)
                   EXCEPT SELECT unnest(held.codes) ORDER BY 1) AS added,
             ARRAY(SELECT unnest(t.remove) INTERSECT SELECT unnest(held.codes) ORDER BY 1) AS removed
      FROM target t CROSS JOIN LATERAL (
        SELECT array_agg(f.code ORDER BY f.code) AS codes FROM account_flags af JOIN flags f ON f.id = af.flag_id
        WHERE af.account_id = t.account_id AND f.code = ANY(${[...concerned]}::text[])) held
      WHERE t.barred IS NULL AND (t.expected IS NULL OR t.expected = coalesce(held.codes, '{}'))),
    changed AS (
      UPDATE account_states s SET sequence = s.sequence + 1 FROM judged j
      WHERE s.account_id = j.account_id AND (cardinality(j.added) > 0 OR cardinality(j.removed) > 0)
      RETURNING s.account_id, new.sequence, j.before, j.added, j.removed,
                ARRAY(SELECT unnest(j.before) UNION SELECT unnest(j.added) EXCEPT SELECT unnest(j.removed) ORDER BY 1) AS after),
    given AS (
      INSERT INTO account_flags (account_id, flag_id, added_at, actor)
      SELECT c.account_id, f.id, ${now}::timestamptz, ${actor} FROM changed c JOIN flags f ON f.code = ANY(c.added)),
    taken AS (
      DELETE FROM account_flags af USING changed c, flags f
      WHERE af.account_id = c.account_id AND f.code = ANY(c.removed) AND af.flag_id = f.id),
    told AS (
      INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id)
      SELECT 'recoup.collections.events', account_id, 'recoup.collections.flags-changed.v1', account_id, sequence,
             json_build_object('accountId', account_id, 'added', added, 'removed', removed, 'changedAt', ${now}::text,
                               'actor', ${actor}::text, 'bulkActionId', ${bulkActionId}::uuid),
             ${correlationId}
      FROM changed ORDER BY account_id),
    audited AS (
      INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
      SELECT ${actor}, 'set-flags', 'account', account_id, account_id, ${bulkActionId}::uuid,
             jsonb_build_object('flags', before), jsonb_build_object('flags', after), ${correlationId}
      FROM changed)
    ${change.record}
    ${change.result}`;
}
