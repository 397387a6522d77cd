-- The report as of bench.day by hand: every account's figures from all movements up to the day, by index-only scan.
CREATE UNLOGGED TABLE bench.report AS
SELECT p.account_id, a.office_id, a.currency, p.balance, p.credit, p.current, p.days1to30, p.days31to60, p.days61to90, p.days91to120,
       p."daysOver120", p.oldest_due, greatest(current_setting('bench.day')::date - p.oldest_due, 0) AS days_past_due, p.open_invoices
FROM (
  SELECT account_id, sum(open)::bigint AS balance, sum(credit)::bigint AS credit,
         coalesce(sum(open) FILTER (WHERE late <= 0), 0)::bigint AS current,
         coalesce(sum(open) FILTER (WHERE late BETWEEN 1 AND 30), 0)::bigint AS days1to30,
         coalesce(sum(open) FILTER (WHERE late BETWEEN 31 AND 60), 0)::bigint AS days31to60,
         coalesce(sum(open) FILTER (WHERE late BETWEEN 61 AND 90), 0)::bigint AS days61to90,
         coalesce(sum(open) FILTER (WHERE late BETWEEN 91 AND 120), 0)::bigint AS days91to120,
         coalesce(sum(open) FILTER (WHERE late > 120), 0)::bigint AS "daysOver120",
         min(due_date) FILTER (WHERE open > 0) AS oldest_due, count(*) FILTER (WHERE open > 0)::int AS open_invoices
  FROM (
    SELECT account_id, invoice_id, due_date, current_setting('bench.day')::date - due_date AS late, sum(amount)::bigint AS open,
           sum(credit_amount)::bigint AS credit
    FROM bench.movements WHERE effective_date <= current_setting('bench.day')::date
    GROUP BY account_id, invoice_id, due_date) invoice
  GROUP BY account_id HAVING sum(open) > 0) p
JOIN accounts a ON a.id = p.account_id;
