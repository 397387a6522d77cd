/**
 * Adjustments, queueings, referrals and recalls (LED-1, LED-23, LED-32, LED-41, LED-42), and custom write-offs (LED-12).
 *
 * A referral has the type of the write-off that closed the account's side, so that both stand in one column of the trial
 * balance (\`rulings\`, 9): its type is of kind write-off, which \`type_kind\` says. What is queued between payers passes the
 * clearing account \`requeued\`, which every transaction leaves at 0: the trigger on postings sees to it.
 */
export const moreTransactionsSql = `
ALTER TABLE transaction_types
  DROP CONSTRAINT transaction_types_kind_check,
  ADD CONSTRAINT transaction_types_kind_check CHECK (kind IN ('invoice', 'payment', 'credit-application', 'write-off', 'adjustment',
    'queueing', 'recall', 'returned-payment', 'reversal')),
  ADD COLUMN custom_number int UNIQUE CHECK (custom_number BETWEEN 1 AND 20),
  ADD CONSTRAINT transaction_types_custom CHECK (custom_number IS NULL OR kind = 'write-off');
INSERT INTO transaction_types (code, name, plural, kind) VALUES
  ('EXCOL', 'External collections', 'External collections', 'adjustment'),
  ('queueing', 'Queued to another payer', 'Queued to other payers', 'queueing'),
  ('recall', 'Recall', 'Recalls', 'recall');

ALTER TABLE transactions
  DROP CONSTRAINT transactions_type_code_kind_fkey,
  ADD COLUMN type_kind text GENERATED ALWAYS AS (CASE kind WHEN 'referral' THEN 'write-off' ELSE kind END) STORED,
  ADD COLUMN payer_id uuid REFERENCES payers,
  ADD COLUMN payment_id uuid REFERENCES transactions,
  ADD CONSTRAINT transactions_type FOREIGN KEY (type_code, type_kind) REFERENCES transaction_types (code, kind),
  ADD CONSTRAINT transactions_payer CHECK (payer_id IS NULL OR kind IN ('payment', 'returned-payment', 'reversal', 'queueing', 'referral', 'recall'));
CREATE INDEX transactions_payment ON transactions (payment_id) WHERE payment_id IS NOT NULL;

ALTER TABLE postings
  DROP CONSTRAINT postings_debit_check,
  DROP CONSTRAINT postings_credit_check,
  ADD CONSTRAINT postings_debit_check CHECK (debit ~ '^(receivable:(self|insurer|generic)|write-off:[A-Za-z0-9._-]+|income|cash|account-credit|recoverable|requeued)$'),
  ADD CONSTRAINT postings_credit_check CHECK (credit ~ '^(receivable:(self|insurer|generic)|write-off:[A-Za-z0-9._-]+|income|cash|account-credit|recoverable|requeued)$');

CREATE FUNCTION refuse_half_a_queueing() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT FROM booked WHERE 'requeued' IN (debit, credit) GROUP BY transaction_id
             HAVING sum(CASE debit WHEN 'requeued' THEN amount ELSE -amount END) <> 0) THEN
    RAISE check_violation USING MESSAGE = 'a queueing moves as much to one payer as from the other', CONSTRAINT = 'postings_requeued';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER postings_requeued AFTER INSERT ON postings
  REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION refuse_half_a_queueing();
`;
