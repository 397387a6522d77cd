import { sql, type RawBuilder } from '@recoup/service-kit';
import { unplaceable } from './unplaceable.sql.js';

/** Who refers accounts to which agency, when, and for which action. */
export interface Referring {
  /** A query of account_id, amount (previewed) and barred (a reason, or null). */
  readonly target: RawBuilder<unknown>;
  /** Further data-modifying parts over `changed`, each beginning with a comma; or empty. */
  readonly record: RawBuilder<unknown>;
  readonly result: RawBuilder<unknown>;
  readonly agencyId: string;
  readonly agencyCode: string;
  readonly setStageToSent: boolean;
  readonly actor: string;
  readonly bulkActionId: string;
  readonly now: string;
  readonly correlationId: string;
}

/**
 * Refers a set of accounts whose states are locked (AGY-2): referral record, the row of the agency's file as it stands now,
 * agency and stage of the account, events and audit, in one statement. An account whose open amount is not the previewed
 * one, that an agency holds already, or that its file can't carry, is left alone (rulings 5 and 16).
 *
 * As with stages, every part reads `changed` alone, which therefore carries all that they need, the referral's id too. The
 * referral's event comes before that of the stage, and each account has its numbers in that order.
 */
export function referAccountsSql(referring: Referring): RawBuilder<unknown> {
  const { agencyId, agencyCode, actor, bulkActionId, now, correlationId } = referring;
  const sets = referring.setStageToSent;
  const sent = sql`(${sets} AND s.stage <> 'sent')`;
  return sql`
    WITH target AS MATERIALIZED (
      SELECT t.account_id, t.amount, a.currency, a.number, a.name, o.code AS office_code,
             (${now}::timestamptz AT TIME ZONE o.time_zone)::date AS today
      FROM (${referring.target}) t JOIN accounts a ON a.id = t.account_id JOIN offices o ON o.id = a.office_id
      WHERE t.barred IS NULL AND a.balance = t.amount AND ${unplaceable('a')} IS NULL),
    changed AS (
      UPDATE account_states s
      SET agency_code = ${agencyCode}, sequence = s.sequence + 1 + ${sent}::int,
          stage = CASE WHEN ${sets} THEN 'sent' ELSE s.stage END,
          stage_since = CASE WHEN ${sent} THEN greatest(s.stage_since, ${now}::timestamptz) ELSE s.stage_since END
      FROM target t
      WHERE s.account_id = t.account_id AND s.agency_code IS NULL
      RETURNING s.account_id, old.stage AS previous, new.stage, new.stage_since AS since, new.sequence, (old.stage <> new.stage) AS restaged,
                uuidv7() AS referral_id, t.amount, t.currency, t.number, t.name, t.office_code, t.today),
    referred AS (
      INSERT INTO referrals (id, type, agency_id, account_id, amount, currency, referred_on, actor, bulk_action_id)
      SELECT referral_id, 'referral', ${agencyId}::uuid, account_id, amount, currency, today, ${actor}, ${bulkActionId}::uuid
      FROM changed ORDER BY account_id),
    placed AS (
      INSERT INTO placement_rows (referral_id, batch_id, account_id, office_code, account_number, name, amount, currency,
                                  oldest_due_date, days_past_due, open_invoices)
      SELECT c.referral_id, ${bulkActionId}::uuid, c.account_id, c.office_code, c.number, c.name, c.amount, c.currency,
             open.oldest, greatest(coalesce(c.today - open.oldest, 0), 0), open.invoices
      FROM changed c
      CROSS JOIN LATERAL (SELECT min(i.due_date) AS oldest, count(*) AS invoices FROM invoices i
                          WHERE i.account_id = c.account_id AND i.open_amount > 0) open),
    closed AS (
      UPDATE stage_periods p SET period = tstzrange(lower(p.period), c.since) FROM changed c
      WHERE c.restaged AND p.account_id = c.account_id AND upper_inf(p.period) RETURNING 1),
    opened AS (
      INSERT INTO stage_periods (account_id, stage, period, actor, bulk_action_id)
      SELECT account_id, stage, tstzrange(since, NULL), ${actor}, ${bulkActionId}::uuid
      FROM changed WHERE restaged AND (SELECT count(*) FROM closed) >= 0),
    told AS (
      INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id)
      SELECT 'recoup.collections.events', account_id, type, account_id, sequence, data, ${correlationId}
      FROM (SELECT account_id, 'recoup.collections.account-referred.v1' AS type, sequence - restaged::int AS sequence,
                   json_build_object('referralId', referral_id, 'accountId', account_id, 'agencyCode', ${agencyCode}::text, 'amount', amount,
                                     'currency', currency, 'referredOn', today, 'actor', ${actor}::text,
                                     'bulkActionId', ${bulkActionId}::uuid) AS data
            FROM changed
            UNION ALL
            SELECT account_id, 'recoup.collections.stage-changed.v1', sequence,
                   json_build_object('accountId', account_id, 'stage', stage, 'previousStage', previous, 'changedAt', ${now}::text,
                                     'actor', ${actor}::text, 'bulkActionId', ${bulkActionId}::uuid)
            FROM changed WHERE restaged) event
      ORDER BY account_id, sequence),
    audited AS (
      INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
      SELECT ${actor}, 'refer', 'account', account_id, account_id, ${bulkActionId}::uuid, jsonb_build_object('stage', previous),
             jsonb_build_object('stage', stage, 'agency', ${agencyCode}::text, 'referralId', referral_id, 'amount', amount), ${correlationId}
      FROM changed)
    ${referring.record}
    ${referring.result}`;
}
