-- Made-up books, the same in every database: they follow from the seed alone. Settings: bench.accounts, bench.invoices (of
-- each account), bench.least_total (of an invoice, in minor units), bench.seed, bench.day (the last day on which anything
-- happens, a date).
--
-- Each account's first invoice is more than a month past due and at most half paid, so that every account owes something.
-- Of the further ones two thirds are paid. One payment in twenty came before its invoice, as credit; one in twenty was
-- recorded 45 days after it took effect.
CREATE FUNCTION pg_temp.id(n bigint, ending text) RETURNS uuid LANGUAGE sql IMMUTABLE RETURN
  (overlay(lpad(to_hex(n), 12, '0') PLACING '-' FROM 9 FOR 0) || ending)::uuid;

CREATE TEMP TABLE bench_offices AS
SELECT n AS office, pg_temp.id(n, '-7000-8000-00000000b000') AS id, 'BENCH-' || n AS code FROM generate_series(0, 9) n;

CREATE TEMP TABLE bench_facts AS
WITH drawn AS (
  SELECT n, k, n * 16 + k AS line, hashint8extended(n * 16 + k, current_setting('bench.seed')::bigint) & 9223372036854775807 AS h,
         hashint8extended(n * 16 + k, current_setting('bench.seed')::bigint + 1) & 9223372036854775807 AS p
  FROM generate_series(1, current_setting('bench.accounts')::bigint) n
  CROSS JOIN generate_series(0, current_setting('bench.invoices')::int - 1) k),
dated AS (
  SELECT n, k, line, p, current_setting('bench.least_total')::bigint + h % 90000 AS total,
         current_setting('bench.day')::date - (CASE WHEN k = 0 THEN 70 + h / 100000 % 650 ELSE 1 + h / 100000 % 719 END)::int AS invoice_date
  FROM drawn),
fated AS (
  SELECT *, invoice_date + CASE WHEN p / 1000 % 20 = 0 THEN -10 ELSE (p / 100000 % 80)::int END AS paid_on,
         CASE WHEN k = 0 THEN CASE WHEN p % 20 < 8 THEN total / 2 ELSE 0 END
              WHEN p % 20 < 13 THEN total WHEN p % 20 < 16 THEN total / 2 ELSE 0 END AS intended
  FROM dated)
SELECT n, (n % 10)::int AS office, k, pg_temp.id(n, '-7000-8000-000000000000') AS account_id,
       pg_temp.id(line, '-7000-9000-000000000001') AS invoice_id, pg_temp.id(line, '-7000-9000-000000000002') AS service_line_id,
       pg_temp.id(line, '-7000-9000-000000000003') AS bill_line_id, pg_temp.id(line, '-7000-9000-000000000004') AS charge_id,
       pg_temp.id(line, '-7000-9000-000000000005') AS payment_id,
       line, total, invoice_date, invoice_date + 30 AS due_date, paid_on, greatest(paid_on, invoice_date) AS allocated_on,
       CASE WHEN greatest(paid_on, invoice_date) <= current_setting('bench.day')::date THEN intended ELSE 0 END AS paid,
       CASE WHEN p / 20000 % 20 = 0 THEN 45 ELSE 0 END AS days_late
FROM fated;
ANALYZE bench_facts;
