/**
 * Who is responsible: payers with their rules, their assignment to accounts, bill lines of several payers to one service
 * line, invoices made out to a payer (LED-11, LED-23, LED-24).
 *
 * A service line keeps the one bill line of Self that its invoice opened; each queueing to another payer opens a bill line
 * of its own, which names the transaction that opened it. Payers and service types number and tell their changes by
 * triggers, as transaction types do.
 */
export const payersTablesSql = `
ALTER TABLE payers
  ADD COLUMN skip_group_number_check boolean NOT NULL DEFAULT false,
  ADD COLUMN skip_policy_id_check boolean NOT NULL DEFAULT false,
  ADD COLUMN active boolean NOT NULL DEFAULT true,
  ADD COLUMN sequence bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT payers_code CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$');
CREATE UNIQUE INDEX payers_self ON payers (type) WHERE type = 'self';
ALTER TABLE service_types ADD COLUMN sequence bigint NOT NULL DEFAULT 0;

CREATE FUNCTION number_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  NEW.sequence := OLD.sequence + 1;
  RETURN NEW;
END $$;

CREATE FUNCTION tell_payer() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO outbox (topic, key, type, subject, sequence, data)
  VALUES ('recoup.ledger.events', NEW.id, 'recoup.ledger.payer-defined.v1', NEW.id, NEW.sequence,
          json_build_object('payerId', NEW.id, 'code', NEW.code, 'name', NEW.name, 'type', NEW.type, 'active', NEW.active));
  RETURN NULL;
END $$;

CREATE FUNCTION tell_service_type() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO outbox (topic, key, type, subject, sequence, data)
  VALUES ('recoup.ledger.events', NEW.id, 'recoup.ledger.service-type-defined.v1', NEW.id, NEW.sequence,
          json_build_object('serviceTypeId', NEW.id, 'code', NEW.code, 'name', NEW.name, 'isFee', NEW.is_fee));
  RETURN NULL;
END $$;

CREATE TRIGGER payers_number BEFORE UPDATE ON payers FOR EACH ROW EXECUTE FUNCTION number_change();
CREATE TRIGGER payers_tell AFTER INSERT OR UPDATE ON payers FOR EACH ROW EXECUTE FUNCTION tell_payer();
CREATE TRIGGER service_types_number BEFORE UPDATE ON service_types FOR EACH ROW EXECUTE FUNCTION number_change();
CREATE TRIGGER service_types_tell AFTER INSERT OR UPDATE ON service_types FOR EACH ROW EXECUTE FUNCTION tell_service_type();

-- What stands already is told as well: a change without effect writes its first event. New rows begin with theirs.
UPDATE payers SET name = name;
UPDATE service_types SET name = name;
ALTER TABLE payers ALTER COLUMN sequence SET DEFAULT 1;
ALTER TABLE service_types ALTER COLUMN sequence SET DEFAULT 1;
INSERT INTO service_types (code, name, is_fee) VALUES ('nsf-fee', 'Returned payment fee', true) ON CONFLICT (code) DO NOTHING;

CREATE TABLE account_payers (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES accounts,
  payer_id uuid NOT NULL REFERENCES payers,
  group_number text,
  policy_id text,
  active boolean NOT NULL DEFAULT true,
  version int NOT NULL DEFAULT 1,
  UNIQUE (account_id, payer_id)
);

CREATE TABLE payer_invoices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  office_id uuid NOT NULL,
  currency text NOT NULL,
  payer_id uuid NOT NULL REFERENCES payers,
  number text NOT NULL CHECK (number <> ''),
  invoice_date date NOT NULL,
  total bigint NOT NULL CHECK (total >= 0),
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL,
  UNIQUE (office_id, number),
  FOREIGN KEY (account_id, office_id, currency) REFERENCES accounts (id, office_id, currency)
);
CREATE INDEX payer_invoices_account ON payer_invoices (account_id);
CREATE INDEX payer_invoices_payer ON payer_invoices (payer_id, invoice_date);
CREATE SEQUENCE payer_invoice_numbers;

ALTER TABLE bill_lines
  DROP CONSTRAINT bill_lines_service_line_id_key,
  ADD COLUMN opened_by uuid REFERENCES transactions,
  ADD COLUMN payer_invoice_id uuid REFERENCES payer_invoices;
CREATE UNIQUE INDEX bill_lines_first ON bill_lines (service_line_id) WHERE opened_by IS NULL;
CREATE INDEX bill_lines_queued ON bill_lines (service_line_id) WHERE opened_by IS NOT NULL;
CREATE INDEX bill_lines_payer ON bill_lines (payer_id, account_id) WHERE opened_by IS NOT NULL;
`;
