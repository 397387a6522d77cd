-- The owner's half of writing off the balances of an office, in one transaction: the rows that the ledger leaves when it
-- executes the chunks of a bulk action, with nothing between. Settings: bench.office (code), bench.action (id of the
-- action). Rows are staged and analyzed, as the ledger's own are. Ids of transactions follow from action and account, for
-- both databases name them.
CREATE OR REPLACE FUNCTION pg_temp.transaction_of(account_id uuid) RETURNS uuid LANGUAGE sql RETURN
  overlay(overlay(md5(current_setting('bench.action') || account_id) PLACING '7' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1)::uuid;

CREATE TEMP TABLE written_off ON COMMIT DROP AS
SELECT a.id AS account_id, a.office_id, a.currency, a.balance AS amount, a.sequence + 1 AS sequence, pg_temp.transaction_of(a.id) AS transaction_id,
       (transaction_timestamp() AT TIME ZONE o.time_zone)::date AS today
FROM accounts a JOIN offices o ON o.id = a.office_id WHERE o.code = current_setting('bench.office') AND a.balance > 0
ORDER BY a.id FOR UPDATE OF a;
ALTER TABLE written_off ADD chunk int;
UPDATE written_off w SET chunk = n.place / 1000 FROM (SELECT account_id, row_number() OVER (ORDER BY account_id) - 1 AS place FROM written_off) n
WHERE n.account_id = w.account_id;
ANALYZE written_off;

CREATE TEMP TABLE written_off_lines ON COMMIT DROP AS
SELECT w.transaction_id, w.account_id, b.invoice_id, b.id AS bill_line_id, b.open_amount AS amount, w.today
FROM written_off w JOIN bill_lines b ON b.account_id = w.account_id AND b.open_amount > 0 JOIN payers p ON p.id = b.payer_id AND p.type = 'self';
ANALYZE written_off_lines;

INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor, command_id)
SELECT transaction_id, 'coupon', 'write-off', account_id, office_id, currency, amount, today, transaction_timestamp(), 'bench', current_setting('bench.action')
FROM written_off;

INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
SELECT transaction_id, account_id, invoice_id, bill_line_id, 'write-off:coupon', 'receivable:self', amount, today FROM written_off_lines;

UPDATE accounts a SET sequence = w.sequence FROM written_off w WHERE a.id = w.account_id;

INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id)
SELECT 'recoup.ledger.events', w.account_id, 'recoup.ledger.written-off.v1', w.account_id, w.sequence,
       json_build_object('accountId', w.account_id, 'transactionId', w.transaction_id, 'transactionTypeCode', 'coupon', 'amount', w.amount,
         'currency', w.currency, 'effectiveDate', w.today,
         'recordedAt', to_char(transaction_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'movements', l.movements,
         'creditMovements', '[]'::json, 'commandId', current_setting('bench.action')),
       current_setting('bench.action')
FROM written_off w
JOIN (SELECT transaction_id, json_agg(json_build_object('invoiceId', invoice_id, 'billLineId', bill_line_id, 'amount', -amount, 'effectiveDate', today)) AS movements
      FROM written_off_lines GROUP BY transaction_id) l USING (transaction_id)
ORDER BY w.account_id;

INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
SELECT 'bench', 'write-off', 'transaction', transaction_id, account_id, current_setting('bench.action')::uuid,
       jsonb_build_object('balance', amount), jsonb_build_object('balance', 0, 'amount', amount, 'currency', currency, 'approver', NULL),
       current_setting('bench.action')
FROM written_off;

INSERT INTO command_answers (action_id, chunk, answer)
SELECT current_setting('bench.action')::uuid, chunk,
       json_build_object('actionId', current_setting('bench.action'), 'chunk', chunk, 'items',
         json_agg(json_build_object('accountId', account_id, 'status', 'done', 'reason', NULL, 'amount', amount, 'currentAmount', amount,
                                    'transactionId', transaction_id) ORDER BY account_id))
FROM written_off GROUP BY chunk;

-- The answers were given already: the other half writes what they say.
INSERT INTO outbox (topic, key, type, subject, data, correlation_id, published_at)
SELECT 'recoup.ledger.results', action_id || ':' || chunk, 'recoup.ledger.chunk-executed.v1', action_id || ':' || chunk, answer,
       current_setting('bench.action'), clock_timestamp()
FROM command_answers WHERE action_id = current_setting('bench.action')::uuid ORDER BY chunk;
