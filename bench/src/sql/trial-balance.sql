-- The trial balance from bench.from to bench.day by hand: totals by currency, the first 25 accounts by number that are not
-- idle, and how many those are: of the others nothing was owed at its beginning, nothing moved, and no credit stands at its end.
SELECT currency, sum(opening)::text AS opening, json_object_agg(type_code, moved) FILTER (WHERE moved <> 0) AS movements,
       (sum(opening) + sum(moved))::text AS closing, sum(credit)::text AS credit
FROM (SELECT currency, CASE WHEN effective_date >= current_setting('bench.from')::date THEN type_code END AS type_code,
             coalesce(sum(owed) FILTER (WHERE effective_date < current_setting('bench.from')::date), 0) AS opening,
             coalesce(sum(owed) FILTER (WHERE effective_date >= current_setting('bench.from')::date), 0)::bigint AS moved, sum(credit) AS credit
      FROM bench.changes WHERE effective_date <= current_setting('bench.day')::date GROUP BY 1, 2) by_type
GROUP BY currency ORDER BY currency;

SELECT k.id, f.opening, coalesce(f.movements, '{}'::json) AS movements, f.closing, f.credit
FROM (SELECT a.id, a.number, a.name, o.code, a.currency FROM accounts a JOIN offices o ON o.id = a.office_id ORDER BY a.number, a.id) k
CROSS JOIN LATERAL (
  SELECT sum(opening)::text AS opening, json_object_agg(type_code, moved) FILTER (WHERE moved <> 0) AS movements,
         (sum(opening) + sum(moved))::text AS closing, sum(credit)::text AS credit
  FROM (SELECT CASE WHEN effective_date >= current_setting('bench.from')::date THEN type_code END AS type_code,
               coalesce(sum(owed) FILTER (WHERE effective_date < current_setting('bench.from')::date), 0) AS opening,
               coalesce(sum(owed) FILTER (WHERE effective_date >= current_setting('bench.from')::date), 0)::bigint AS moved, sum(credit) AS credit,
               bool_or(owed <> 0 AND effective_date >= current_setting('bench.from')::date) AS changed
        FROM bench.changes WHERE account_id = k.id AND effective_date <= current_setting('bench.day')::date GROUP BY 1) by_type
  HAVING sum(opening) <> 0 OR bool_or(changed) OR sum(credit) <> 0) f
ORDER BY k.number, k.id LIMIT 25;

SELECT count(*)::int AS accounts FROM (
  SELECT FROM bench.changes WHERE effective_date <= current_setting('bench.day')::date GROUP BY account_id
  HAVING coalesce(sum(owed) FILTER (WHERE effective_date < current_setting('bench.from')::date), 0) <> 0
      OR bool_or(owed <> 0 AND effective_date >= current_setting('bench.from')::date) OR sum(credit) <> 0) busy;
