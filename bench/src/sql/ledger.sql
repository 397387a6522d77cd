-- The owner's side of the made-up books, as the ledger itself would have booked them; run by a superuser with triggers off.
INSERT INTO offices (id, code, name, currency, time_zone, sequence)
SELECT id, code, code, 'USD', 'UTC', 1 FROM bench_offices;

INSERT INTO accounts (id, office_id, number, name, currency, balance, sequence)
SELECT f.account_id, o.id, 'B-' || f.n, 'Name ' || f.n, 'USD', sum(f.total - f.paid), 1 + count(*) + count(*) FILTER (WHERE f.paid > 0)
FROM bench_facts f JOIN bench_offices o USING (office) GROUP BY f.n, f.account_id, o.id ORDER BY f.n;

INSERT INTO invoices (id, account_id, office_id, number, invoice_date, due_date, total, open_amount, currency, settled_on, recorded_at)
SELECT f.invoice_id, f.account_id, o.id, 'I-' || f.line, f.invoice_date, f.due_date, f.total, f.total - f.paid, 'USD',
       CASE WHEN f.paid = f.total THEN f.allocated_on END, f.invoice_date
FROM bench_facts f JOIN bench_offices o USING (office) ORDER BY f.line;

INSERT INTO service_lines (id, invoice_id, service_type_code, date_of_service, amount)
SELECT service_line_id, invoice_id, 'service', invoice_date, total FROM bench_facts ORDER BY line;

INSERT INTO bill_lines (id, service_line_id, invoice_id, account_id, payer_id, amount, open_amount, responsibility_date)
SELECT bill_line_id, service_line_id, invoice_id, account_id, (SELECT id FROM payers WHERE code = 'SELF'), total, total - paid, invoice_date
FROM bench_facts ORDER BY line;

INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, invoice_id, amount, effective_date, recorded_at, actor)
SELECT f.charge_id, 'invoice', 'invoice', f.account_id, o.id, 'USD', f.invoice_id, f.total, f.invoice_date, f.invoice_date, 'bench'
FROM bench_facts f JOIN bench_offices o USING (office) ORDER BY f.line;

INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor)
SELECT f.payment_id, 'payment', 'payment', f.account_id, o.id, 'USD', f.paid, f.paid_on, f.paid_on + f.days_late, 'bench'
FROM bench_facts f JOIN bench_offices o USING (office) WHERE f.paid > 0 ORDER BY f.line;

INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
SELECT charge_id, account_id, invoice_id, bill_line_id, 'receivable:self', 'income', total, invoice_date, NULL FROM bench_facts
UNION ALL
SELECT payment_id, account_id, NULL, NULL, 'cash', 'account-credit', paid, paid_on, payment_id FROM bench_facts WHERE paid > 0
UNION ALL
SELECT payment_id, account_id, invoice_id, bill_line_id, 'account-credit', 'receivable:self', paid, allocated_on, payment_id FROM bench_facts WHERE paid > 0;

INSERT INTO daybook (effective_date, office_id, type_code, payer_id, debit, credit, amount)
SELECT p.effective_date, t.office_id, t.type_code, NULL, p.debit, p.credit, sum(p.amount)
FROM postings p JOIN transactions t ON t.id = p.transaction_id
GROUP BY p.effective_date, t.office_id, t.type_code, p.debit, p.credit;
