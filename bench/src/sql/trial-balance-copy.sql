-- The pair's own copy of the postings as signed changes, with indexes that cover its two questions, so that it gives ours no index and takes none.
CREATE SCHEMA bench;
CREATE TABLE bench.changes AS
SELECT p.account_id, t.currency, p.effective_date, t.type_code,
       CASE 'receivable:self' WHEN p.debit THEN p.amount WHEN p.credit THEN -p.amount ELSE 0 END AS owed,
       CASE 'account-credit' WHEN p.credit THEN p.amount WHEN p.debit THEN -p.amount ELSE 0 END AS credit
FROM postings p JOIN transactions t ON t.id = p.transaction_id;
SET maintenance_work_mem = '1GB';
CREATE INDEX changes_by_day ON bench.changes (effective_date, currency, type_code) INCLUDE (owed, credit);
CREATE INDEX changes_by_account ON bench.changes (account_id, effective_date, type_code) INCLUDE (owed, credit);
VACUUM (ANALYZE) bench.changes;
