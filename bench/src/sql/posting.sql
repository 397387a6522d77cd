-- A script of pgbench: one write-off of 1 minor unit of the first invoice of an account drawn at random, as the ledger
-- executes it for POST write-offs: a transaction of the same statements in the same order, that leaves the same rows. What
-- the ledger works out between them is worked out here by the statement that needs it, and rows are inserted as VALUES.
-- pgbench takes a colon followed by a name for one of its variables, even in a text: hence \x3a. Variable: accounts.
\set n random(1, :accounts)
\set key random(1, 9000000000000000)
BEGIN;
INSERT INTO idempotency_keys (actor, key, input_hash, method_path)
VALUES ('supervisor', :key, sha256(convert_to(:key, 'UTF8')), 'POST /api/ledger/write-offs') ON CONFLICT (actor, key) DO NOTHING;

SELECT a.id AS account, a.number, a.office_id AS office, o.code, o.apply_credit, a.currency, a.status, a.balance, a.credit, a.sequence,
       a.contact_sequence, a.version, a.erased_at, (transaction_timestamp() AT TIME ZONE o.time_zone)::date AS today
FROM accounts a JOIN offices o ON o.id = a.office_id
WHERE a.id = (SELECT account_id FROM invoices
              WHERE id = ('00000000-' || lpad(to_hex(:n * 16), 4, '0') || '-7000-9000-000000000001')::uuid) FOR UPDATE OF a \gset

SELECT 1 AS found FROM transaction_types WHERE code = 'coupon' AND kind = 'write-off' AND active FOR KEY SHARE \gset

SELECT b.invoice_id AS invoice, b.id AS line, b.open_amount AS open, i.due_date AS due, i.invoice_date AS dated, i.number AS invoice_number
FROM bill_lines b JOIN payers p ON p.id = b.payer_id JOIN invoices i ON i.id = b.invoice_id
WHERE b.account_id = :account AND b.open_amount > 0 AND p.type = 'self'
  AND b.invoice_id = ('00000000-' || lpad(to_hex(:n * 16), 4, '0') || '-7000-9000-000000000001')::uuid
ORDER BY i.due_date, i.invoice_date, i.number COLLATE "C", b.id LIMIT 1001 \gset

SELECT uuidv7() AS transaction, gen_random_uuid() AS correlation, E'request\x3a' || gen_random_uuid() AS command,
       to_char(transaction_timestamp() AT TIME ZONE 'UTC', E'YYYY-MM-DD"T"HH24\x3aMI\x3aSS.MS"Z"') AS recorded \gset

WITH booked AS (
  INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, invoice_id, bill_line_id, amount, effective_date, recorded_at,
                            reference, reason, actor, command_id, reverses_id, payer_id, payment_id, command_part)
  VALUES (:transaction, 'coupon', 'write-off', :account, :office, :currency, :invoice, NULL, 1, :today, :recorded,
          NULL, NULL, 'supervisor', :command, NULL, NULL, NULL, 0))
INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
VALUES (:transaction, :account, :invoice, :line, E'write-off\x3acoupon', E'receivable\x3aself', 1, :today, NULL);

WITH moved AS (UPDATE accounts SET sequence = sequence + 1 WHERE id = :account RETURNING sequence)
INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id, causation_id)
SELECT 'recoup.ledger.events', :account, 'recoup.ledger.written-off.v1', :account, sequence,
       json_build_object('accountId', :account::text, 'transactionId', :transaction::text, 'transactionTypeCode', 'coupon', 'amount', 1,
         'currency', :currency::text, 'effectiveDate', :today::text, 'recordedAt', :recorded::text,
         'movements', json_build_array(json_build_object('invoiceId', :invoice::text, 'billLineId', :line::text, 'amount', -1,
                                                         'effectiveDate', :today::text)),
         'creditMovements', '[]'::json, 'commandId', :command::text),
       :correlation, NULL
FROM moved;

INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
VALUES ('supervisor', 'write-off', 'transaction', :transaction, :account, NULL, jsonb_build_object('balance', :balance::bigint),
        jsonb_build_object('amount', 1, 'balance', :balance::bigint - 1, 'transactionTypeCode', 'coupon'), :correlation);

UPDATE idempotency_keys
SET status = 201, headers = '{}'::jsonb, response = jsonb_build_object('id', :transaction::text, 'typeCode', 'coupon', 'kind', 'write-off',
  'accountId', :account::text, 'accountNumber', :number::text, 'officeCode', :code::text, 'currency', :currency::text,
  'invoiceId', :invoice::text, 'billLineId', NULL, 'amount', 1, 'balanceChange', -1, 'creditChange', 0,
  'effectiveDate', :today::text, 'recordedAt', :recorded::text,
  'reference', NULL, 'reason', NULL, 'actor', 'supervisor', 'commandId', :command::text, 'reversesId', NULL, 'reversedById', NULL,
  'payerCode', NULL, 'payerId', NULL, 'paymentId', NULL)
WHERE actor = 'supervisor' AND key = :key;
COMMIT;
