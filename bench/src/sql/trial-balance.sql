-- The trial balance from bench.from to bench.day by hand: totals by currency, the first 25 accounts by number, and how many there are.
SELECT currency, sum(opening)::text AS opening, json_object_agg(type_code, moved) FILTER (WHERE moved <> 0) AS movements,
       (sum(opening) + sum(moved))::text AS closing, sum(credit)::text AS credit
FROM (SELECT currency, CASE WHEN effective_date >= current_setting('bench.from')::date THEN type_code END AS type_code,
             coalesce(sum(owed) FILTER (WHERE effective_date < current_setting('bench.from')::date), 0) AS opening,
             coalesce(sum(owed) FILTER (WHERE effective_date >= current_setting('bench.from')::date), 0)::bigint AS moved, sum(credit) AS credit
      FROM bench.changes WHERE effective_date <= current_setting('bench.day')::date GROUP BY 1, 2) by_type
GROUP BY currency ORDER BY currency;

SELECT k.id, coalesce(f.opening, '0') AS opening, coalesce(f.movements, '{}'::json) AS movements, coalesce(f.closing, '0') AS closing,
       coalesce(f.credit, '0') AS credit
FROM (SELECT a.id, a.number, a.name, o.code, a.currency FROM accounts a JOIN offices o ON o.id = a.office_id ORDER BY a.number, a.id LIMIT 25) k
LEFT JOIN LATERAL (
  SELECT sum(opening)::text AS opening, json_object_agg(type_code, moved) FILTER (WHERE moved <> 0) AS movements,
         (sum(opening) + sum(moved))::text AS closing, sum(credit)::text AS credit
  FROM (SELECT CASE WHEN effective_date >= current_setting('bench.from')::date THEN type_code END AS type_code,
               coalesce(sum(owed) FILTER (WHERE effective_date < current_setting('bench.from')::date), 0) AS opening,
               coalesce(sum(owed) FILTER (WHERE effective_date >= current_setting('bench.from')::date), 0)::bigint AS moved, sum(credit) AS credit
        FROM bench.changes WHERE account_id = k.id AND effective_date <= current_setting('bench.day')::date GROUP BY 1) by_type) f ON TRUE
ORDER BY k.number, k.id;

SELECT count(*)::int AS accounts FROM accounts;
