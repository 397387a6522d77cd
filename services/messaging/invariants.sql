-- Invariants of this service's own database: each block is a title and one query that returns no row while it holds.

-- I2: each account's balance equals its invoices' open amounts
SELECT a.id, a.balance, coalesce(i.open_amount, 0) AS invoices
FROM accounts a
LEFT JOIN (SELECT account_id, sum(open_amount) AS open_amount FROM invoices GROUP BY account_id) i ON i.account_id = a.id
WHERE a.balance <> coalesce(i.open_amount, 0)
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
LEFT JOIN (SELECT bill_line_id, sum(amount) AS amount FROM movements WHERE bill_line_id IS NOT NULL GROUP BY bill_line_id) m
  ON m.bill_line_id = b.id
WHERE b.open_amount <> coalesce(m.amount, 0)
LIMIT 100;

-- I2: each account's credit equals its credit movements
SELECT a.id, a.credit, coalesce(m.credit_amount, 0) AS movements
FROM accounts a
LEFT JOIN (SELECT account_id, sum(credit_amount) AS credit_amount FROM movements GROUP BY account_id) m ON m.account_id = a.id
WHERE a.credit <> coalesce(m.credit_amount, 0)
LIMIT 100;

-- I6: no gap in the sequence of what was written for an aggregate
SELECT topic, subject, sequence, before
FROM (SELECT topic, subject, sequence, lag(sequence) OVER (PARTITION BY topic, subject ORDER BY sequence) AS before
      FROM outbox WHERE sequence IS NOT NULL) o
WHERE before IS NOT NULL AND sequence <> before + 1
LIMIT 100;
