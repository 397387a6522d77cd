-- Invariants of each database that follows the ledger: a block is a title and one query that returns no row while it holds.

-- I2: each account's balance equals its invoices' open amounts, and its open invoices are counted
SELECT a.id, a.balance, coalesce(i.open_amount, 0) AS invoices, a.open_invoices, coalesce(i.open, 0) AS open
FROM accounts a
LEFT JOIN (SELECT account_id, sum(open_amount) AS open_amount, count(*) FILTER (WHERE open_amount > 0) AS open FROM invoices GROUP BY account_id) i
  ON i.account_id = a.id
WHERE a.balance <> coalesce(i.open_amount, 0) OR a.open_invoices <> coalesce(i.open, 0)
LIMIT 100;

-- I2: each invoice's open amount equals those of its bill lines whose payer is Self
SELECT i.id, i.open_amount, coalesce(b.open_amount, 0) AS bill_lines
FROM invoices i
LEFT JOIN (SELECT invoice_id, sum(open_amount) AS open_amount FROM bill_lines WHERE payer_type = 'self' GROUP BY invoice_id) b
  ON b.invoice_id = i.id
WHERE i.open_amount <> coalesce(b.open_amount, 0)
LIMIT 100;

-- I2: each bill line's open amount equals its movements
SELECT b.id, b.open_amount, coalesce(m.amount, 0) AS movements
FROM bill_lines b
LEFT JOIN (SELECT bill_line_id, sum(amount + other_amount) AS amount FROM movements WHERE bill_line_id IS NOT NULL GROUP BY bill_line_id) m
  ON m.bill_line_id = b.id
WHERE b.open_amount <> coalesce(m.amount, 0)
LIMIT 100;

-- I2: each account's balance and credit equal its movements
SELECT a.id, a.balance, a.credit, coalesce(m.amount, 0) AS moved, coalesce(m.credit_amount, 0) AS credit_moved
FROM accounts a
LEFT JOIN (SELECT account_id, sum(amount) AS amount, sum(credit_amount) AS credit_amount FROM movements GROUP BY account_id) m ON m.account_id = a.id
WHERE a.balance <> coalesce(m.amount, 0) OR a.credit <> coalesce(m.credit_amount, 0)
LIMIT 100;

-- I3: what was last written for an aggregate is the last sequence that the aggregate gave out
SELECT v.topic, v.aggregate_id, v.sequence, o.sequence AS written
FROM aggregate_sequences v
JOIN (SELECT topic, subject, max(sequence) AS sequence FROM outbox WHERE sequence IS NOT NULL GROUP BY topic, subject) o
  ON o.topic = v.topic AND o.subject = v.aggregate_id
WHERE o.sequence <> v.sequence
LIMIT 100;
