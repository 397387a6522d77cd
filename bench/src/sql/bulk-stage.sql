-- The stage of all accounts of an office that are more than a month past due, in one transaction: the rows that the bulk
-- action leaves, written as it writes them, with nothing between. Settings: bench.office (code), bench.day, bench.stage,
-- bench.snapshot (table of the report's snapshot of the day), bench.action (id of the new action).
INSERT INTO runs (id, kind, type, status, actor, approver, offices, correlation_id, started_at)
VALUES (current_setting('bench.action')::uuid, 'bulk-action', 'update-stage', 'running', 'bench', 'bench', '{*}', current_setting('bench.action'), clock_timestamp());

INSERT INTO bulk_actions (id, selection, parameters, as_of)
VALUES (current_setting('bench.action')::uuid,
        json_build_object('asOf', current_setting('bench.day'), 'excludedAccountIds', '[]'::json, 'filter',
                          json_build_object('officeCodes', json_build_array(current_setting('bench.office')), 'daysPastDueMin', 31)),
        json_build_object('stage', current_setting('bench.stage')), current_setting('bench.day')::date);

-- The set is kept first, as what a person confirms.
DO $$ BEGIN
  EXECUTE format($items$
    INSERT INTO bulk_action_items (action_id, account_id, position, chunk, office_id, currency, as_of_balance, previewed_amount, amount, current_amount, status, before, after)
    SELECT current_setting('bench.action')::uuid, s.account_id, row_number() OVER (ORDER BY s.account_id) - 1,
           (row_number() OVER (ORDER BY s.account_id) - 1) / 1000, s.office_id, s.currency, s.balance, 0, 0, a.balance, 'pending',
           json_build_object('stage', coalesce(st.stage, 'not-set')), json_build_object('stage', current_setting('bench.stage'))
    FROM %s s JOIN offices o ON o.id = s.office_id JOIN accounts a ON a.id = s.account_id LEFT JOIN account_states st ON st.account_id = s.account_id
    WHERE o.code = current_setting('bench.office') AND s.days_past_due >= 31 AND coalesce(st.stage, 'not-set') <> current_setting('bench.stage')
    ORDER BY s.account_id$items$, current_setting('bench.snapshot'));
END $$;

INSERT INTO bulk_action_chunks (action_id, number, first_account, last_account)
SELECT action_id, chunk, min(account_id::text COLLATE "C")::uuid, max(account_id::text COLLATE "C")::uuid FROM bulk_action_items
WHERE action_id = current_setting('bench.action')::uuid GROUP BY action_id, chunk;

INSERT INTO run_chunks (run_id, number, status, items, done, finished_at)
SELECT action_id, chunk, 'done', count(*), count(*), clock_timestamp() FROM bulk_action_items
WHERE action_id = current_setting('bench.action')::uuid GROUP BY action_id, chunk;

CREATE TEMP TABLE changed ON COMMIT DROP AS
SELECT account_id FROM bulk_action_items WHERE action_id = current_setting('bench.action')::uuid;
ANALYZE changed;

INSERT INTO account_states (account_id) SELECT account_id FROM changed ON CONFLICT DO NOTHING;

UPDATE bulk_action_items i SET status = 'done', before = json_build_object('stage', s.stage) FROM account_states s
WHERE i.action_id = current_setting('bench.action')::uuid AND s.account_id = i.account_id;

UPDATE stage_periods p SET period = tstzrange(lower(p.period), greatest(s.stage_since, transaction_timestamp()))
FROM changed c JOIN account_states s ON s.account_id = c.account_id WHERE p.account_id = c.account_id AND upper_inf(p.period);

WITH updated AS (
  UPDATE account_states s SET stage = current_setting('bench.stage'), stage_since = greatest(s.stage_since, transaction_timestamp()),
         sequence = s.sequence + 1
  FROM changed c WHERE s.account_id = c.account_id
  RETURNING s.account_id, old.stage AS previous, new.stage, new.stage_since AS since, new.sequence),
opened AS (
  INSERT INTO stage_periods (account_id, stage, period, actor, bulk_action_id)
  SELECT account_id, stage, tstzrange(since, NULL), 'bench', current_setting('bench.action')::uuid FROM updated),
told AS (
  INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id)
  SELECT 'recoup.collections.events', account_id, 'recoup.collections.stage-changed.v1', account_id, sequence,
         json_build_object('accountId', account_id, 'stage', stage, 'previousStage', previous,
                           'changedAt', to_char(transaction_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                           'actor', 'bench', 'bulkActionId', current_setting('bench.action')::uuid),
         current_setting('bench.action')
  FROM updated)
INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
SELECT 'bench', 'set-stage', 'account', account_id, account_id, current_setting('bench.action')::uuid,
       jsonb_build_object('stage', previous), jsonb_build_object('stage', stage), current_setting('bench.action')
FROM updated;

UPDATE bulk_actions SET selected = (SELECT count(*) FROM changed), eligible = (SELECT count(*) FROM changed), ended = true,
       (done_totals, done_office_totals) = (
         SELECT json_agg(sums), json_agg(sums || jsonb_build_object('officeCode', current_setting('bench.office')))
         FROM (SELECT jsonb_build_object('currency', currency, 'accounts', count(*), 'asOfBalance', sum(as_of_balance)::bigint,
                                         'currentBalance', sum(current_amount)::bigint, 'amount', sum(amount)::bigint) AS sums
               FROM bulk_action_items WHERE action_id = current_setting('bench.action')::uuid AND status = 'done' GROUP BY currency) done),
       office_codes = ARRAY[current_setting('bench.office')], moved_at = clock_timestamp()
WHERE id = current_setting('bench.action')::uuid;

UPDATE runs SET status = 'completed', finished_at = clock_timestamp() WHERE id = current_setting('bench.action')::uuid;
