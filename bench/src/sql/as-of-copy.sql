-- The pair's own copy of the movements, with an index that covers its question, so that it gives ours no index and takes none.
CREATE SCHEMA bench;
CREATE TABLE bench.movements AS SELECT account_id, invoice_id, due_date, effective_date, amount, credit_amount FROM movements;
SET maintenance_work_mem = '1GB';
CREATE INDEX movements_covering ON bench.movements (account_id, invoice_id, due_date, effective_date) INCLUDE (amount, credit_amount);
VACUUM (ANALYZE) bench.movements;
