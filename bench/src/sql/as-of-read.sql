-- What a person sees first of it: totals by currency, then the 25 highest balances of the first currency with the account's
-- name and office.
SELECT currency, count(*)::int AS accounts, sum(balance)::text AS balance, sum(credit)::text AS credit, sum(current)::text AS current,
       sum(days1to30)::text AS days1to30, sum(days31to60)::text AS days31to60, sum(days61to90)::text AS days61to90,
       sum(days91to120)::text AS days91to120, sum("daysOver120")::text AS "daysOver120"
FROM bench.report GROUP BY currency ORDER BY currency;

SELECT r.account_id AS id, a.number, a.name, o.code, r.* FROM bench.report r JOIN accounts a ON a.id = r.account_id JOIN offices o ON o.id = r.office_id
ORDER BY r.currency, r.balance DESC, r.account_id DESC LIMIT 25;
