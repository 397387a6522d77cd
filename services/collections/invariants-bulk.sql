-- I4: a finished bulk action has as many items as it selected, none pending, and effects equal to its totals
SELECT r.id AS bulk_action_id, r.status, b.selected, items.count AS items, items.pending, items.amount AS items_amount, chunks.amount AS chunks_amount,
       b.done_totals::text AS totals, sums.totals::text AS items_totals, items.done AS items_done, chunks.done AS chunks_done, items.failed AS items_failed, chunks.failed AS chunks_failed
FROM bulk_actions b JOIN runs r ON r.id = b.id
CROSS JOIN LATERAL (SELECT count(*) AS count, count(*) FILTER (WHERE i.status = 'pending') AS pending, count(*) FILTER (WHERE i.status = 'done') AS done,
                           count(*) FILTER (WHERE i.status = 'failed') AS failed, count(*) FILTER (WHERE i.status = 'skipped') AS skipped,
                           coalesce(sum(i.amount) FILTER (WHERE i.status = 'done'), 0) AS amount
                    FROM bulk_action_items i WHERE i.action_id = b.id) items
CROSS JOIN LATERAL (SELECT coalesce(sum(c.done), 0) AS done, coalesce(sum(c.failed), 0) AS failed, coalesce(sum(c.skipped), 0) AS skipped,
                           coalesce(sum(c.amount), 0) AS amount
                    FROM run_chunks c WHERE c.run_id = b.id) chunks
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_agg(s.sums ORDER BY s.currency) FILTER (WHERE s.of_currency), '[]') AS totals,
         coalesce(jsonb_agg(s.sums || jsonb_build_object('officeCode', s.code) ORDER BY s.currency, s.code) FILTER (WHERE NOT s.of_currency), '[]') AS office_totals
  FROM (SELECT i.currency, o.code, grouping(o.code) = 1 AS of_currency,
               jsonb_build_object('currency', i.currency, 'accounts', count(*), 'asOfBalance', sum(i.as_of_balance), 'currentBalance', coalesce(sum(i.current_amount), 0),
                                  'amount', sum(i.amount)) AS sums
        FROM bulk_action_items i JOIN offices o ON o.id = i.office_id WHERE i.action_id = b.id AND i.status = 'done'
        GROUP BY GROUPING SETS ((i.currency), (i.currency, o.code))) s) sums
WHERE b.ended AND (b.done_totals::jsonb <> sums.totals OR b.done_office_totals::jsonb <> sums.office_totals OR items.count <> b.selected OR items.pending <> 0 OR items.done <> chunks.done OR items.failed <> chunks.failed
                   OR items.skipped <> b.selected - b.eligible + chunks.skipped OR items.amount <> chunks.amount)
   OR (r.status IN ('completed', 'completed-with-failures') AND NOT b.ended)
LIMIT 100;

-- I5: every done item of a bulk action has its audit line and the reverse
SELECT coalesce(i.action_id, a.bulk_action_id) AS bulk_action_id, coalesce(i.account_id, a.account_id) AS account_id,
       i.status, a.lines AS audit_lines
FROM (SELECT action_id, account_id, status FROM bulk_action_items WHERE status = 'done') i
FULL JOIN (SELECT bulk_action_id, account_id, count(*) AS lines FROM audit
           WHERE bulk_action_id IS NOT NULL AND account_id IS NOT NULL GROUP BY bulk_action_id, account_id) a
  ON a.bulk_action_id = i.action_id AND a.account_id = i.account_id
WHERE i.action_id IS NULL OR a.lines IS DISTINCT FROM 1
LIMIT 100;

-- I8: no referral is in two sent files of a kind; count and sums of each file equal its rows, and its file numbers have no gap. (The checksum is held against the rows whenever the file is sent or downloaded.)
SELECT d.id AS delivery_id, d.recipient, d.file_name, d.row_count, d.totals::text AS totals, files.count AS rows, files.totals AS row_totals, NULL::uuid AS referral_id
FROM deliveries d
CROSS JOIN LATERAL (
  SELECT coalesce(sum(count), 0) AS count, json_agg(json_build_object('currency', currency, 'count', count, 'amount', amount) ORDER BY currency)::text AS totals
  FROM (SELECT p.currency, count(*) AS count, sum(p.amount)::bigint AS amount FROM placement_rows p WHERE p.batch_id = d.batch_id GROUP BY p.currency) sums) files
WHERE d.row_count <> files.count OR d.totals::jsonb <> files.totals::jsonb OR (d.status = 'delivered' AND d.checksum IS NULL)
UNION ALL
SELECT NULL, d.recipient, string_agg(d.file_name, ', '), NULL, NULL, count(*), NULL, p.referral_id
FROM placement_rows p JOIN deliveries d ON d.batch_id = p.batch_id GROUP BY p.referral_id, d.recipient, d.kind HAVING count(*) > 1
UNION ALL
SELECT NULL, r.code, NULL, r.file_sequence, NULL, count(d.id), NULL, NULL
FROM agencies r LEFT JOIN deliveries d ON d.recipient = r.code GROUP BY r.id HAVING r.file_sequence <> count(d.id) OR max(d.file_sequence) > count(d.id)
LIMIT 100;

-- I14: an account's stage periods never overlap, and the open one is the account's stage
SELECT account_id, stage, period::text, NULL AS stage_now FROM (
  SELECT p.account_id, p.stage, p.period, lag(p.period) OVER (PARTITION BY p.account_id ORDER BY lower(p.period)) AS previous
  FROM stage_periods p WHERE NOT isempty(p.period)) ordered
WHERE ordered.period && ordered.previous
UNION ALL
SELECT s.account_id, p.stage, p.period::text, s.stage FROM account_states s
LEFT JOIN stage_periods p ON p.account_id = s.account_id AND upper_inf(p.period)
WHERE s.stage <> coalesce(p.stage, 'not-set')
LIMIT 100;
