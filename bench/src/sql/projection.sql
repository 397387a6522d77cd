-- A follower's side of the made-up books, as applying the ledger's events would have left it, positions in them included.
INSERT INTO offices (id, code, name, currency, time_zone, locale)
SELECT id, code, code, 'USD', 'UTC', 'en-US' FROM bench_offices;

INSERT INTO accounts (id, office_id, number, name, status, statement_hold, currency, balance, open_invoices, last_payment_date, last_payment_amount)
SELECT f.account_id, o.id, 'B-' || f.n, 'Name ' || f.n, 'active', false, 'USD', sum(f.total - f.paid), count(*) FILTER (WHERE f.paid < f.total),
       max(f.paid_on) FILTER (WHERE f.paid > 0),
       (array_agg(f.paid ORDER BY f.paid_on DESC, f.k DESC) FILTER (WHERE f.paid > 0))[1]
FROM bench_facts f JOIN bench_offices o USING (office) GROUP BY f.n, f.account_id, o.id ORDER BY f.n;

INSERT INTO invoices (id, account_id, number, invoice_date, due_date, total, open_amount, currency)
SELECT invoice_id, account_id, 'I-' || line, invoice_date, due_date, total, total - paid, 'USD' FROM bench_facts ORDER BY line;

INSERT INTO bill_lines (id, invoice_id, account_id, payer_type, amount, open_amount, responsibility_date)
SELECT bill_line_id, invoice_id, account_id, 'self', total, total - paid, invoice_date FROM bench_facts ORDER BY line;

-- In the order in which they became known: what took effect earlier may stand later.
INSERT INTO movements (account_id, invoice_id, bill_line_id, transaction_id, type, effective_date, due_date, amount, credit_amount)
SELECT account_id, invoice_id, bill_line_id, transaction_id, type, effective_date, due_date, amount, credit_amount FROM (
  SELECT line, invoice_date AS known, account_id, invoice_id, bill_line_id, NULL::uuid AS transaction_id, 'invoice-issued' AS type,
         invoice_date AS effective_date, due_date, total AS amount, 0::bigint AS credit_amount FROM bench_facts
  UNION ALL
  SELECT line, paid_on + days_late, account_id, NULL, NULL, payment_id, 'payment-received', paid_on, NULL, 0, paid FROM bench_facts WHERE paid > 0
  UNION ALL
  SELECT line, paid_on + days_late, account_id, NULL, NULL, payment_id, 'payment-received', allocated_on, NULL, 0, -paid FROM bench_facts WHERE paid > 0
  UNION ALL
  SELECT line, paid_on + days_late, account_id, invoice_id, bill_line_id, payment_id, 'payment-received', allocated_on, due_date, -paid, 0
  FROM bench_facts WHERE paid > 0) moved
ORDER BY known, line;

INSERT INTO payments (transaction_id, account_id, effective_date, amount, sequence)
SELECT payment_id, account_id, paid_on, paid, 1 + current_setting('bench.invoices')::int + row_number() OVER (PARTITION BY n ORDER BY k)
FROM bench_facts WHERE paid > 0;

INSERT INTO applied_sequences (topic, aggregate_id, sequence)
SELECT 'recoup.ledger.events', id::text, 1 FROM bench_offices
UNION ALL
SELECT 'recoup.ledger.events', account_id::text, 1 + count(*) + count(*) FILTER (WHERE paid > 0) FROM bench_facts GROUP BY account_id;
