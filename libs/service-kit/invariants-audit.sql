-- I11: each sealed block fits the one before it and its own lines, none of which is missing or was changed.
SELECT b.number, b.sealed_at, cardinality(b.audit_ids) AS sealed, l.lines AS found
FROM audit_blocks b
LEFT JOIN audit_blocks p ON p.number = b.number - 1
CROSS JOIN LATERAL (
  SELECT count(*) AS lines, string_agg(audit_line_digest(a), ''::bytea ORDER BY a.id) AS digests
  FROM audit a WHERE a.id = ANY(b.audit_ids)) l
WHERE (b.number > 1 AND p.number IS NULL)
   OR b.previous_hash <> coalesce(p.hash, ''::bytea)
   OR l.lines <> cardinality(b.audit_ids)
   OR b.hash <> sha256(b.previous_hash || l.digests)
LIMIT 100;

-- I11: no line of the audit is unsealed for more than a minute.
SELECT a.id, a.at, a.actor, a.action
FROM audit a
LEFT JOIN (SELECT unnest(audit_ids) AS id FROM audit_blocks) sealed ON sealed.id = a.id
WHERE sealed.id IS NULL AND a.at < clock_timestamp() - interval '60 s'
LIMIT 100;
