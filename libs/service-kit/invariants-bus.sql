-- I6: no aggregate went on past a message that waits.
SELECT p.topic, p.aggregate_id, p.sequence, a.sequence AS applied, p.reason
FROM parked_messages p
JOIN applied_sequences a ON a.topic = p.topic AND a.aggregate_id = p.aggregate_id
WHERE p.replayed_at IS NULL AND p.sequence <= a.sequence AND p.topic NOT LIKE '%recoup.ledger.contacts'
LIMIT 100;

-- I6: each aggregate's events were written without a gap, each number once, in the order of their numbers.
SELECT topic, subject, count(*) AS events, min(sequence) AS first, max(sequence) AS last
FROM (
  SELECT topic, subject, sequence, sequence - lag(sequence) OVER (PARTITION BY topic, subject ORDER BY id) AS step
  FROM outbox WHERE sequence IS NOT NULL) o
GROUP BY topic, subject
HAVING count(*) FILTER (WHERE step <> 1) > 0
LIMIT 100;

-- I12: in each partition what was applied, known, of no use, parked and absent adds up to what was read.
SELECT topic, partition, next_offset, applied, duplicate, unused, parked, absent
FROM consumer_positions
WHERE next_offset <> applied + duplicate + unused + parked + absent
LIMIT 100;
