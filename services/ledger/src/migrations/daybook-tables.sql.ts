/**
 * The daybook: what was posted a day, summed by office, type of transaction, payer of the line and ledger accounts, so that
 * a trial balance of ten million postings reads some ten thousand sums (LED-5).
 *
 * A trigger of the owner writes each statement's sums as entries, which nobody updates: bookings of one day and office never
 * wait for each other, as they would for a common sum. \`sum_up_daybook\` adds entries to the sums now and then, and what is
 * read is both together; either is moved by the owner's functions alone, as running figures are (I2). \`payer_id\` is null
 * where no other payer than Self is concerned, so that most lines need not be looked up.
 */
export const daybookTablesSql = `
CREATE TABLE daybook (
  effective_date date NOT NULL,
  office_id uuid NOT NULL,
  type_code text NOT NULL,
  payer_id uuid,
  debit text NOT NULL,
  credit text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  UNIQUE NULLS NOT DISTINCT (effective_date, office_id, type_code, payer_id, debit, credit)
);
CREATE TABLE daybook_entries (LIKE daybook INCLUDING CONSTRAINTS);
CREATE VIEW daybook_figures AS
  SELECT effective_date, office_id, type_code, payer_id, debit, credit, amount FROM daybook
  UNION ALL SELECT effective_date, office_id, type_code, payer_id, debit, credit, amount FROM daybook_entries;

CREATE FUNCTION enter_in_daybook() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO daybook_entries (effective_date, office_id, type_code, payer_id, debit, credit, amount)
  SELECT p.effective_date, t.office_id, t.type_code, b.payer_id, p.debit, p.credit, sum(p.amount)
  FROM booked p JOIN transactions t ON t.id = p.transaction_id
  LEFT JOIN bill_lines b ON b.id = CASE WHEN 'receivable:self' NOT IN (p.debit, p.credit) THEN p.bill_line_id END
  GROUP BY p.effective_date, t.office_id, t.type_code, b.payer_id, p.debit, p.credit;
  RETURN NULL;
END $$;
CREATE TRIGGER postings_enter_in_daybook AFTER INSERT ON postings
  REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION enter_in_daybook();

-- Adds at most so many entries to the sums and tells how many; none while another session is at it.
CREATE FUNCTION sum_up_daybook(entries_max int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE summed bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('daybook', 0)) THEN RETURN 0; END IF;
  WITH taken AS (
    DELETE FROM daybook_entries WHERE ctid = ANY (ARRAY(SELECT ctid FROM daybook_entries LIMIT entries_max))
    RETURNING effective_date, office_id, type_code, payer_id, debit, credit, amount),
  added AS (
    INSERT INTO daybook AS d (effective_date, office_id, type_code, payer_id, debit, credit, amount)
    SELECT effective_date, office_id, type_code, payer_id, debit, credit, sum(amount) FROM taken
    GROUP BY effective_date, office_id, type_code, payer_id, debit, credit
    ON CONFLICT (effective_date, office_id, type_code, payer_id, debit, credit) DO UPDATE SET amount = d.amount + excluded.amount)
  SELECT count(*) INTO summed FROM taken;
  RETURN summed;
END $$;

INSERT INTO daybook (effective_date, office_id, type_code, payer_id, debit, credit, amount)
SELECT p.effective_date, t.office_id, t.type_code, b.payer_id, p.debit, p.credit, sum(p.amount)
FROM postings p JOIN transactions t ON t.id = p.transaction_id
LEFT JOIN bill_lines b ON b.id = CASE WHEN 'receivable:self' NOT IN (p.debit, p.credit) THEN p.bill_line_id END
GROUP BY p.effective_date, t.office_id, t.type_code, b.payer_id, p.debit, p.credit;

CREATE INDEX postings_effective ON postings (effective_date);
CREATE INDEX accounts_number ON accounts (number, id);
`;
