/**
 * Transaction types, with what ships (LED-12). A kind of transaction decides what is posted (posting-rules.ts);
 * administrators name types, they don't invent postings (LED-1).
 *
 * Whoever writes a type also tells of it, in the same transaction: triggers number each change and write its event, so that
 * the types that ship, which no request makes, are the first events of the ledger. The row's lock is held before the
 * outbox id is drawn. The outbox gets its days before its first row, for a day whose rows stand in the default partition
 * gets none of its own and would never be dropped.
 */
export const transactionTypesSql = `
CREATE TABLE transaction_types (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  plural text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('invoice', 'payment', 'credit-application', 'write-off', 'returned-payment', 'reversal')),
  active boolean NOT NULL DEFAULT true,
  sequence bigint NOT NULL DEFAULT 1,
  version int NOT NULL DEFAULT 1,
  UNIQUE (code, kind)
);

CREATE FUNCTION number_transaction_type() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  NEW.sequence := OLD.sequence + 1;
  RETURN NEW;
END $$;

CREATE FUNCTION tell_transaction_type() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO outbox (topic, key, type, subject, sequence, data)
  VALUES ('recoup.ledger.events', NEW.id, 'recoup.ledger.transaction-type-defined.v1', NEW.id, NEW.sequence,
          json_build_object('transactionTypeId', NEW.id, 'code', NEW.code, 'name', NEW.name, 'plural', NEW.plural,
                            'kind', NEW.kind, 'active', NEW.active));
  RETURN NULL;
END $$;

CREATE TRIGGER transaction_types_number BEFORE UPDATE ON transaction_types
  FOR EACH ROW EXECUTE FUNCTION number_transaction_type();
CREATE TRIGGER transaction_types_tell AFTER INSERT OR UPDATE ON transaction_types
  FOR EACH ROW EXECUTE FUNCTION tell_transaction_type();

SELECT outbox_keep_partitions(30);
INSERT INTO transaction_types (code, name, plural, kind) VALUES
  ('invoice', 'Invoice', 'Invoices', 'invoice'),
  ('payment', 'Payment', 'Payments', 'payment'),
  ('credit-application', 'Credit application', 'Credit applications', 'credit-application'),
  ('returned-payment', 'Returned payment', 'Returned payments', 'returned-payment'),
  ('reversal', 'Reversal', 'Reversals', 'reversal'),
  ('coupon', 'Coupon', 'Coupons', 'write-off');
`;
