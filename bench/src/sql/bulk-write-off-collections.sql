-- The asking half of writing off the balances of an office, in one transaction: run, items, chunks, commands and results of
-- the bulk action, and the projection as applying the ledger's events leaves it, positions included. Settings: as the
-- ledger's half, and bench.day. Committed before the ledger's half, so that its events are known here when they come.
CREATE OR REPLACE FUNCTION pg_temp.transaction_of(account_id uuid) RETURNS uuid LANGUAGE sql RETURN
  overlay(overlay(md5(current_setting('bench.action') || account_id) PLACING '7' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1)::uuid;

INSERT INTO runs (id, kind, type, status, actor, approver, offices, correlation_id, started_at)
VALUES (current_setting('bench.action')::uuid, 'bulk-action', 'write-off', 'running', 'bench', 'bench', '{*}', current_setting('bench.action'), clock_timestamp());

INSERT INTO bulk_actions (id, selection, parameters, as_of)
VALUES (current_setting('bench.action')::uuid,
        json_build_object('asOf', current_setting('bench.day'), 'excludedAccountIds', '[]'::json, 'filter',
                          json_build_object('officeCodes', json_build_array(current_setting('bench.office')), 'daysPastDueMin', 31)),
        json_build_object('transactionTypeCode', 'coupon'), current_setting('bench.day')::date);

-- The set is kept first, as what a person confirms.
DO $$ BEGIN
  EXECUTE format($items$
    INSERT INTO bulk_action_items (action_id, account_id, position, chunk, office_id, currency, as_of_balance, previewed_amount, amount, current_amount, status, before, after)
    SELECT current_setting('bench.action')::uuid, s.account_id, row_number() OVER (ORDER BY s.account_id) - 1,
           (row_number() OVER (ORDER BY s.account_id) - 1) / 1000, s.office_id, s.currency, s.balance, a.balance, a.balance, a.balance, 'pending',
           json_build_object('balance', a.balance), json_build_object('balance', 0)
    FROM %s s JOIN offices o ON o.id = s.office_id JOIN accounts a ON a.id = s.account_id
    WHERE o.code = current_setting('bench.office') AND s.days_past_due >= 31 AND a.balance > 0
    ORDER BY s.account_id$items$, current_setting('bench.snapshot'));
END $$;

INSERT INTO bulk_action_chunks (action_id, number, first_account, last_account)
SELECT action_id, chunk, min(account_id::text COLLATE "C")::uuid, max(account_id::text COLLATE "C")::uuid FROM bulk_action_items
WHERE action_id = current_setting('bench.action')::uuid GROUP BY action_id, chunk;

INSERT INTO run_chunks (run_id, number, status, items, done, amount, attempts, sent_at, finished_at)
SELECT action_id, chunk, 'done', count(*), count(*), sum(amount), 1, clock_timestamp(), clock_timestamp() FROM bulk_action_items
WHERE action_id = current_setting('bench.action')::uuid GROUP BY action_id, chunk;

-- The commands were carried out already, by the other half.
INSERT INTO outbox (topic, key, type, subject, data, correlation_id, published_at)
SELECT 'recoup.ledger.commands', action_id || ':' || chunk, 'recoup.ledger.write-off-accounts.v1', action_id || ':' || chunk,
       json_build_object('actionId', action_id, 'chunk', chunk, 'actor', 'bench', 'approver', 'bench', 'offices', json_build_array('*'),
         'transactionTypeCode', 'coupon', 'items', json_agg(json_build_object('accountId', account_id, 'previewedAmount', previewed_amount) ORDER BY account_id)),
       current_setting('bench.action'), clock_timestamp()
FROM bulk_action_items WHERE action_id = current_setting('bench.action')::uuid GROUP BY action_id, chunk;

CREATE TEMP TABLE written_off ON COMMIT DROP AS
SELECT account_id, pg_temp.transaction_of(account_id) AS transaction_id FROM bulk_action_items WHERE action_id = current_setting('bench.action')::uuid;
ANALYZE written_off;

UPDATE bulk_action_items i SET status = 'done', transaction_id = w.transaction_id,
       after = json_build_object('amount', i.amount, 'transactionId', w.transaction_id)
FROM written_off w WHERE i.action_id = current_setting('bench.action')::uuid AND i.account_id = w.account_id;

INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
SELECT 'bench', 'write-off', 'account', account_id, account_id, action_id, before::jsonb, after::jsonb, current_setting('bench.action')
FROM bulk_action_items WHERE action_id = current_setting('bench.action')::uuid;

CREATE TEMP TABLE moved ON COMMIT DROP AS
SELECT w.account_id, w.transaction_id, b.invoice_id, b.id AS bill_line_id, b.open_amount AS amount, i.due_date
FROM written_off w JOIN invoices i ON i.account_id = w.account_id AND i.open_amount > 0
JOIN bill_lines b ON b.invoice_id = i.id AND b.open_amount > 0 AND b.payer_type = 'self';
ANALYZE moved;

INSERT INTO movements (account_id, invoice_id, bill_line_id, transaction_id, type, effective_date, due_date, amount)
SELECT account_id, invoice_id, bill_line_id, transaction_id, 'written-off', (transaction_timestamp() AT TIME ZONE 'UTC')::date, due_date, -amount FROM moved;

UPDATE bill_lines b SET open_amount = b.open_amount - m.amount FROM moved m WHERE b.id = m.bill_line_id;

UPDATE invoices i SET open_amount = i.open_amount - m.amount
FROM (SELECT invoice_id, sum(amount) AS amount FROM moved GROUP BY invoice_id) m WHERE i.id = m.invoice_id;

UPDATE accounts a SET balance = a.balance - m.amount, open_invoices = a.open_invoices - m.invoices
FROM (SELECT account_id, sum(amount) AS amount, count(DISTINCT invoice_id) AS invoices FROM moved GROUP BY account_id) m WHERE a.id = m.account_id;

UPDATE applied_sequences s SET sequence = s.sequence + 1
FROM written_off w WHERE s.topic = 'recoup.ledger.events' AND s.aggregate_id = w.account_id::text;

UPDATE bulk_actions b SET selected = n.items, eligible = n.items, ended = true, office_codes = ARRAY[current_setting('bench.office')],
       totals = json_build_array(n.sums), done_totals = json_build_array(n.sums), office_totals = json_build_array(n.of_office),
       done_office_totals = json_build_array(n.of_office), moved_at = clock_timestamp()
FROM (SELECT items, sums, sums || jsonb_build_object('officeCode', current_setting('bench.office')) AS of_office
      FROM (SELECT count(*) AS items, jsonb_build_object('currency', 'USD', 'accounts', count(*), 'asOfBalance', sum(as_of_balance)::bigint,
                     'currentBalance', sum(current_amount)::bigint, 'amount', sum(amount)::bigint) AS sums
            FROM bulk_action_items WHERE action_id = current_setting('bench.action')::uuid) done) n
WHERE b.id = current_setting('bench.action')::uuid;

UPDATE runs SET status = 'completed', finished_at = clock_timestamp() WHERE id = current_setting('bench.action')::uuid;
