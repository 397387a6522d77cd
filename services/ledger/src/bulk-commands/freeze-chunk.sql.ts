import { sql } from '@recoup/service-kit';

/** The subscriptions whose status a chunk changes, with the freeze that it belongs to. */
export const subscriptionTablesSql = [
  sql`CREATE TEMP TABLE IF NOT EXISTS chunk_subscriptions (
        account_id uuid, freeze_id uuid, subscription_id uuid, prior_status text, next_status text) ON COMMIT DROP`,
  sql`TRUNCATE chunk_subscriptions`,
];

/** Events of what changed, as it stands now: the account if its status did, then its subscriptions in order of their numbers. */
export const statusEventsSql = sql`
  SELECT a.id, 1, 'recoup.ledger.account-changed.v1',
         json_build_object('accountId', a.id, 'status', a.status, 'statementHold', a.statement_hold)
  FROM chunk_items w JOIN accounts a ON a.id = w.account_id
  WHERE w.status = 'done' AND a.status <> w.account_status
  UNION ALL
  SELECT s.account_id, 1 + row_number() OVER (PARTITION BY s.account_id ORDER BY s.number COLLATE "C"), 'recoup.ledger.subscription-changed.v1',
         json_build_object('accountId', s.account_id, 'subscriptionId', s.id, 'number', s.number, 'serviceTypeCode', s.service_type_code,
           'status', s.status, 'startedOn', s.started_on, 'initialServiceDiscount', s.initial_service_discount, 'currency', s.currency)
  FROM chunk_subscriptions c JOIN subscriptions s ON s.id = c.subscription_id`;
