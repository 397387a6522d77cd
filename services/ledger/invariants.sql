-- I1: each transaction's postings book its amount, none more and none less, and a reversal mirrors what it names.
SELECT t.id AS transaction_id, t.kind, t.amount, p.booked
FROM transactions t
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount), 0)::bigint AS all_amounts,
         coalesce(sum(amount) FILTER (WHERE (debit = 'cash') OR (credit = 'cash')), 0)::bigint AS cash,
         greatest(coalesce(sum(amount) FILTER (WHERE debit LIKE 'receivable:%'), 0),
                  coalesce(sum(amount) FILTER (WHERE credit LIKE 'receivable:%'), 0))::bigint AS lines
  FROM postings WHERE transaction_id = t.id) s
CROSS JOIN LATERAL (
  SELECT CASE WHEN t.kind IN ('payment', 'returned-payment') OR s.cash > 0 THEN s.cash ELSE s.lines END AS booked) p
WHERE p.booked <> t.amount
LIMIT 100;

-- I2: each running figure equals its postings: open amounts of bill lines and invoices, balance and credit of accounts.
SELECT * FROM (
  SELECT 'bill-line' AS figure, b.id, b.open_amount AS running, coalesce(p.booked, 0) AS booked
  FROM bill_lines b
  LEFT JOIN (SELECT bill_line_id, sum(CASE WHEN debit LIKE 'receivable:%' THEN amount ELSE -amount END)::bigint AS booked
             FROM postings WHERE bill_line_id IS NOT NULL GROUP BY bill_line_id) p ON p.bill_line_id = b.id
  UNION ALL
  SELECT 'invoice', i.id, i.open_amount, coalesce(p.booked, 0)
  FROM invoices i
  LEFT JOIN (SELECT invoice_id, sum(CASE WHEN debit = 'receivable:self' THEN amount ELSE -amount END)::bigint AS booked
             FROM postings WHERE 'receivable:self' IN (debit, credit) GROUP BY invoice_id) p ON p.invoice_id = i.id
  UNION ALL
  SELECT 'balance', a.id, a.balance, coalesce(p.balance, 0) FROM accounts a
  LEFT JOIN (SELECT account_id, sum(CASE WHEN debit = 'receivable:self' THEN amount ELSE -amount END)::bigint AS balance
             FROM postings WHERE 'receivable:self' IN (debit, credit) GROUP BY account_id) p ON p.account_id = a.id
  UNION ALL
  SELECT 'credit', a.id, a.credit, coalesce(p.credit, 0) FROM accounts a
  LEFT JOIN (SELECT account_id, sum(CASE WHEN credit = 'account-credit' THEN amount ELSE -amount END)::bigint AS credit
             FROM postings WHERE 'account-credit' IN (debit, credit) GROUP BY account_id) p ON p.account_id = a.id
) figures
WHERE running <> booked OR running < 0
LIMIT 100;

-- I2: an invoice's total is the sum of its lines, and of the bill lines that it opened.
SELECT i.id AS invoice_id, i.total, coalesce(s.amount, 0) AS service_lines, coalesce(b.amount, 0) AS bill_lines
FROM invoices i
LEFT JOIN (SELECT invoice_id, sum(amount)::bigint AS amount FROM service_lines GROUP BY invoice_id) s ON s.invoice_id = i.id
LEFT JOIN (SELECT invoice_id, sum(amount)::bigint AS amount FROM bill_lines WHERE opened_by IS NULL GROUP BY invoice_id) b ON b.invoice_id = i.id
WHERE i.total <> coalesce(s.amount, 0) OR i.total <> coalesce(b.amount, 0)
LIMIT 100;

-- I2: a receivable is booked under the type of the payer who owes the line.
SELECT p.id, p.bill_line_id, p.debit, p.credit, y.type
FROM postings p JOIN bill_lines b ON b.id = p.bill_line_id JOIN payers y ON y.id = b.payer_id
WHERE 'receivable:' || y.type NOT IN (p.debit, p.credit)
LIMIT 100;

-- I2: the daybook, sums and entries together, is what was posted a day by office, type, payer and ledger accounts.
WITH kept AS (
  SELECT effective_date, office_id, type_code, coalesce(payer_id, (SELECT id FROM payers WHERE type = 'self')) AS payer_id, debit, credit,
         sum(amount) AS amount
  FROM daybook_figures GROUP BY 1, 2, 3, 4, 5, 6),
booked AS (
  SELECT p.effective_date, t.office_id, t.type_code, coalesce(b.payer_id, (SELECT id FROM payers WHERE type = 'self')) AS payer_id, p.debit,
         p.credit, sum(p.amount) AS amount
  FROM postings p JOIN transactions t ON t.id = p.transaction_id LEFT JOIN bill_lines b ON b.id = p.bill_line_id GROUP BY 1, 2, 3, 4, 5, 6)
SELECT effective_date, office_id, type_code, payer_id, debit, credit, k.amount AS daybook, b.amount AS booked
FROM kept k FULL JOIN booked b USING (effective_date, office_id, type_code, payer_id, debit, credit)
WHERE k.amount IS DISTINCT FROM b.amount
LIMIT 100;

-- I2: a posting stands on the account of its transaction, and on the account and invoice of its bill line.
SELECT p.id, p.transaction_id, p.bill_line_id
FROM postings p JOIN transactions t ON t.id = p.transaction_id LEFT JOIN bill_lines b ON b.id = p.bill_line_id
WHERE t.account_id <> p.account_id OR (b.account_id, b.invoice_id) <> (p.account_id, p.invoice_id)
LIMIT 100;

-- I5: what a bulk action did has its audit line, and every such line what it did: the main transaction, a freeze, a rollback.
SELECT d.what, d.id, a.id AS audit_id, coalesce(d.action_id, a.bulk_action_id::text) AS action_id
FROM (SELECT 'transaction' AS what, id, command_id AS action_id FROM transactions
      WHERE command_id NOT LIKE '%:%' AND command_part = 0
      UNION ALL SELECT 'freeze', id, action_id::text FROM freezes WHERE action_id IS NOT NULL
      UNION SELECT 'roll-back-freeze', id, rolled_back_action::text FROM freezes WHERE rolled_back_action IS NOT NULL
      UNION SELECT 'roll-back-freeze', freeze_id, rolled_back_action::text FROM frozen_subscriptions WHERE rolled_back_action IS NOT NULL) d
FULL JOIN (SELECT CASE entity_type WHEN 'freeze' THEN action ELSE entity_type END AS what, id, entity_id, bulk_action_id
           FROM audit WHERE bulk_action_id IS NOT NULL) a
  ON a.what = d.what AND a.entity_id = d.id AND a.bulk_action_id::text = d.action_id
WHERE d.id IS NULL OR a.id IS NULL
LIMIT 100;

-- I6: an aggregate's events in the outbox have no gap, no number twice, and end at the aggregate's own sequence.
SELECT o.topic, o.subject, o.events, o.first, o.last, s.sequence
FROM (SELECT topic, subject, count(*) AS events, count(DISTINCT sequence) AS numbers, min(sequence) AS first, max(sequence) AS last
      FROM outbox WHERE sequence IS NOT NULL GROUP BY topic, subject) o
LEFT JOIN aggregate_sequences s ON s.topic = o.topic AND s.aggregate_id = o.subject
WHERE o.events <> o.numbers OR o.events <> o.last - o.first + 1 OR s.sequence IS DISTINCT FROM o.last
LIMIT 100;

-- I9: an idempotency key has one effect: what a chunk's answer calls done is booked once, by that action, for that amount;
-- what has no transaction is a freeze or a rollback of that action.
WITH done AS MATERIALIZED (
  SELECT c.action_id, c.chunk, item ->> 'accountId' AS account_id, (item ->> 'transactionId')::uuid AS transaction_id,
         (item ->> 'amount')::bigint AS amount
  FROM command_answers c CROSS JOIN LATERAL json_array_elements(c.answer -> 'items') AS item
  WHERE item ->> 'status' = 'done'),
frozen AS (
  SELECT account_id::text, action_id FROM freezes WHERE action_id IS NOT NULL
  UNION SELECT account_id::text, rolled_back_action FROM freezes WHERE rolled_back_action IS NOT NULL
  UNION SELECT f.account_id::text, s.rolled_back_action FROM frozen_subscriptions s JOIN freezes f ON f.id = s.freeze_id
  WHERE s.rolled_back_action IS NOT NULL)
SELECT d.action_id, d.chunk, d.account_id, d.transaction_id
FROM done d
LEFT JOIN transactions t ON t.id = d.transaction_id
LEFT JOIN frozen f ON d.transaction_id IS NULL AND f.account_id = d.account_id AND f.action_id = d.action_id
WHERE CASE WHEN d.transaction_id IS NULL THEN f.action_id IS NULL
           ELSE t.id IS NULL OR t.command_id IS DISTINCT FROM d.action_id::text OR t.account_id::text <> d.account_id OR t.amount <> d.amount END
LIMIT 100;

-- I10: a freeze stands on an account that is frozen, or was closed since, and none on one that is active.
SELECT f.id, f.account_id FROM freezes f JOIN accounts a ON a.id = f.account_id
WHERE f.rolled_back_at IS NULL AND a.status = 'active'
LIMIT 100;

-- I13: per payer of type generic what was referred or queued to it, less what was paid and taken back, is what it owes.
SELECT r.code, a.currency, m.referred, m.collected, m.recalled, o.outstanding
FROM (SELECT b.payer_id, b.account_id,
             sum(p.moved) FILTER (WHERE k.kind = 'referral' OR k.kind = 'queueing' AND b.opened_by = k.id) AS referred,
             -sum(p.moved) FILTER (WHERE k.kind = 'payment') AS collected,
             -sum(p.moved) FILTER (WHERE k.kind = 'recall' OR k.kind = 'queueing' AND b.opened_by <> k.id) AS recalled
      FROM bill_lines b JOIN payers y ON y.id = b.payer_id AND y.type = 'generic'
      CROSS JOIN LATERAL (
        SELECT transaction_id, CASE WHEN debit = 'receivable:generic' THEN amount ELSE -amount END AS moved
        FROM postings WHERE account_id = b.account_id AND bill_line_id = b.id) p
      JOIN transactions t ON t.id = p.transaction_id
      JOIN transactions k ON k.id = coalesce(t.reverses_id, t.id)
      WHERE b.opened_by IS NOT NULL
      GROUP BY b.payer_id, b.account_id) m
JOIN (SELECT payer_id, account_id, sum(open_amount) AS outstanding FROM bill_lines WHERE opened_by IS NOT NULL GROUP BY payer_id, account_id) o
  USING (payer_id, account_id)
JOIN payers r ON r.id = m.payer_id
JOIN accounts a ON a.id = m.account_id
WHERE coalesce(m.referred, 0) - coalesce(m.collected, 0) - coalesce(m.recalled, 0) <> o.outstanding
LIMIT 100;

-- I13: what stands referred of a service line under a type was closed on the line of Self under that type.
SELECT b.id AS bill_line_id, r.type_code, r.referred, w.closed
FROM (SELECT q.service_line_id, o.type_code, sum(CASE p.credit WHEN 'recoverable' THEN p.amount ELSE -p.amount END) AS referred
      FROM bill_lines q
      JOIN transactions o ON o.id = q.opened_by AND o.kind = 'referral'
      CROSS JOIN LATERAL (
        SELECT credit, amount FROM postings
        WHERE account_id = q.account_id AND bill_line_id = q.id AND 'recoverable' IN (debit, credit)) p
      GROUP BY q.service_line_id, o.type_code) r
JOIN bill_lines b ON b.service_line_id = r.service_line_id AND b.opened_by IS NULL
CROSS JOIN LATERAL (
  SELECT coalesce(sum(CASE p.debit WHEN 'write-off:' || r.type_code THEN p.amount ELSE -p.amount END), 0) AS closed
  FROM postings p
  WHERE p.account_id = b.account_id AND p.bill_line_id = b.id AND 'write-off:' || r.type_code IN (p.debit, p.credit)) w
WHERE r.referred < 0 OR r.referred > w.closed
LIMIT 100;

-- I13: a payer other than Self who has a line on an invoice of its own is the one to whom that invoice was made out.
SELECT b.id AS bill_line_id, b.payer_id, v.payer_id AS invoiced_payer_id
FROM bill_lines b JOIN payer_invoices v ON v.id = b.payer_invoice_id
WHERE v.payer_id <> b.payer_id OR v.account_id <> b.account_id
LIMIT 100;
