import { sql, type RawBuilder } from '@recoup/service-kit';

/** Who refers accounts to which agency, when, and for which action. */
export interface Referring {
  /** A query of account_id, amount (previewed) and barred (a reason, or null). */
  readonly target: RawBuilder<unknown>;
  /** Further data-modifying parts over `target` and `changed`, each beginning with a comma; or empty. */
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
 * one, or that an agency holds already, is left alone (rulings 5 and 16).
 *
 * The referral's event comes before that of the stage, and each account has its numbers in that order.
 */
export function referAccountsSql(referring: Referring): RawBuilder<unknown> {
  const { agencyId, agencyCode, actor, bulkActionId, now, correlationId } = referring;
  const sets = referring.setStageToSent;
  return sql`
    WITH target AS MATERIALIZED (
      SELECT t.account_id, t.amount, a.balance, a.currency, a.number, a.name, o.code AS office_code, s.stage AS previous,
             (${now}::timestamptz AT TIME ZONE o.time_zone)::date AS today,
             coalesce(t.barred, CASE WHEN s.agency_code IS NOT NULL THEN 'already-referred'
                                     WHEN a.balance <> t.amount THEN 'changed-since-preview' END) AS barred
      FROM (${referring.target}) t JOIN accounts a ON a.id = t.account_id JOIN offices o ON o.id = a.office_id
      JOIN account_states s ON s.account_id = t.account_id),
    changed AS (
      UPDATE account_states s
      SET agency_code = ${agencyCode}, sequence = s.sequence + 1 + (${sets} AND s.stage <> 'sent')::int,
          stage = CASE WHEN ${sets} THEN 'sent' ELSE s.stage END,
          stage_since = CASE WHEN ${sets} AND s.stage <> 'sent' THEN greatest(s.stage_since, ${now}::timestamptz) ELSE s.stage_since END
      FROM target t
      WHERE s.account_id = t.account_id AND t.barred IS NULL
      RETURNING s.account_id, old.stage AS previous, new.stage, new.sequence, (old.stage <> new.stage) AS restaged),
    referred AS (
      INSERT INTO referrals (type, agency_id, account_id, amount, currency, referred_on, actor, bulk_action_id)
      SELECT 'referral', ${agencyId}::uuid, t.account_id, t.amount, t.currency, t.today, ${actor}, ${bulkActionId}::uuid
      FROM changed c JOIN target t ON t.account_id = c.account_id ORDER BY t.account_id
      RETURNING id, account_id, amount, currency, referred_on),
    placed AS (
      INSERT INTO placement_rows (referral_id, batch_id, account_id, office_code, account_number, name, amount, currency,
                                  oldest_due_date, days_past_due, open_invoices)
      SELECT r.id, ${bulkActionId}::uuid, t.account_id, t.office_code, t.number, coalesce(t.name, ''), r.amount, r.currency,
             open.oldest, greatest(coalesce(t.today - open.oldest, 0), 0), open.invoices
      FROM referred r JOIN target t ON t.account_id = r.account_id
      CROSS JOIN LATERAL (SELECT min(i.due_date) AS oldest, count(*) AS invoices FROM invoices i
                          WHERE i.account_id = r.account_id AND i.open_amount > 0) open),
    closed AS (
      UPDATE stage_periods p SET period = tstzrange(lower(p.period), greatest(lower(p.period), ${now}::timestamptz))
      FROM changed c WHERE c.restaged AND p.account_id = c.account_id AND upper_inf(p.period)
      RETURNING p.account_id, greatest(lower(old.period), ${now}::timestamptz) AS until),
    opened AS (
      INSERT INTO stage_periods (account_id, stage, period, actor, bulk_action_id)
      SELECT c.account_id, c.stage, tstzrange(coalesce(p.until, ${now}::timestamptz), NULL), ${actor}, ${bulkActionId}::uuid
      FROM changed c LEFT JOIN closed p ON p.account_id = c.account_id WHERE c.restaged),
    told AS (
      INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id)
      SELECT 'recoup.collections.events', account_id, type, account_id, sequence, data, ${correlationId}
      FROM (SELECT c.account_id, 'recoup.collections.account-referred.v1' AS type, c.sequence - c.restaged::int AS sequence,
                   json_build_object('referralId', r.id, 'accountId', c.account_id, 'agencyCode', ${agencyCode}::text, 'amount', r.amount,
                                     'currency', r.currency, 'referredOn', r.referred_on, 'actor', ${actor}::text,
                                     'bulkActionId', ${bulkActionId}::uuid) AS data
            FROM changed c JOIN referred r ON r.account_id = c.account_id
            UNION ALL
            SELECT c.account_id, 'recoup.collections.stage-changed.v1', c.sequence,
                   json_build_object('accountId', c.account_id, 'stage', c.stage, 'previousStage', c.previous, 'changedAt', ${now}::text,
                                     'actor', ${actor}::text, 'bulkActionId', ${bulkActionId}::uuid)
            FROM changed c WHERE c.restaged) event
      ORDER BY account_id, sequence),
    audited AS (
      INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
      SELECT ${actor}, 'refer', 'account', c.account_id, c.account_id, ${bulkActionId}::uuid, jsonb_build_object('stage', c.previous),
             jsonb_build_object('stage', c.stage, 'agency', ${agencyCode}::text, 'referralId', r.id, 'amount', r.amount), ${correlationId}
      FROM changed c JOIN referred r ON r.account_id = c.account_id)
    ${referring.record}
    ${referring.result}`;
}
