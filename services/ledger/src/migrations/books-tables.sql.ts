/**
 * The books. An account's currency is its office's and an invoice's its account's, by foreign key (`rulings`, 3).
 * Open amounts, balance and credit are running figures that only the trigger on postings moves (running-figures.sql.ts);
 * their checks refuse whatever would allocate more than is open (law 3). They are in no index, so that moving them is
 * cheap for the database.
 */
export const booksTablesSql = `
CREATE TABLE accounts (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  office_id uuid NOT NULL,
  number text NOT NULL CHECK (number <> ''),
  name text NOT NULL,
  language text,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'frozen', 'closed')),
  statement_hold boolean NOT NULL DEFAULT false,
  currency text NOT NULL,
  balance bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
  credit bigint NOT NULL DEFAULT 0 CHECK (credit >= 0),
  contact jsonb,
  phone_hashes bytea[] NOT NULL DEFAULT '{}',
  email_hash bytea,
  sequence bigint NOT NULL DEFAULT 0,
  contact_sequence bigint NOT NULL DEFAULT 0,
  version int NOT NULL DEFAULT 1,
  UNIQUE (office_id, number),
  UNIQUE (id, office_id, currency),
  FOREIGN KEY (office_id, currency) REFERENCES offices (id, currency)
) WITH (fillfactor = 70);
CREATE INDEX accounts_text ON accounts USING gin (name gin_trgm_ops, number gin_trgm_ops);

CREATE TABLE invoices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  office_id uuid NOT NULL,
  number text NOT NULL CHECK (number <> ''),
  invoice_date date NOT NULL,
  due_date date NOT NULL,
  total bigint NOT NULL CHECK (total >= 0),
  open_amount bigint NOT NULL DEFAULT 0,
  currency text NOT NULL,
  settled_on date,
  imported_disputed boolean,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT invoices_open CHECK (open_amount BETWEEN 0 AND total),
  UNIQUE (office_id, number),
  FOREIGN KEY (account_id, office_id, currency) REFERENCES accounts (id, office_id, currency)
) WITH (fillfactor = 80);
CREATE INDEX invoices_account ON invoices (account_id, due_date, invoice_date, number);

CREATE TABLE service_lines (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  invoice_id uuid NOT NULL REFERENCES invoices,
  service_type_code text NOT NULL REFERENCES service_types (code),
  date_of_service date NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  description text
);
CREATE INDEX service_lines_invoice ON service_lines (invoice_id);

CREATE TABLE bill_lines (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  service_line_id uuid NOT NULL UNIQUE REFERENCES service_lines,
  invoice_id uuid NOT NULL REFERENCES invoices,
  account_id uuid NOT NULL REFERENCES accounts,
  payer_id uuid NOT NULL REFERENCES payers,
  amount bigint NOT NULL CHECK (amount >= 0),
  open_amount bigint NOT NULL DEFAULT 0,
  responsibility_date date NOT NULL,
  CONSTRAINT bill_lines_open CHECK (open_amount BETWEEN 0 AND amount)
) WITH (fillfactor = 80);
CREATE INDEX bill_lines_invoice ON bill_lines (invoice_id);
CREATE INDEX bill_lines_account ON bill_lines (account_id);

CREATE TABLE transactions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  type_code text NOT NULL,
  kind text NOT NULL,
  account_id uuid NOT NULL,
  office_id uuid NOT NULL,
  currency text NOT NULL,
  invoice_id uuid REFERENCES invoices,
  bill_line_id uuid REFERENCES bill_lines,
  amount bigint NOT NULL CHECK (amount >= 0),
  effective_date date NOT NULL,
  recorded_at timestamptz NOT NULL,
  reference text,
  reason text,
  actor text NOT NULL,
  command_id text,
  reverses_id uuid UNIQUE REFERENCES transactions,
  CHECK ((kind IN ('reversal', 'returned-payment')) = (reverses_id IS NOT NULL)),
  FOREIGN KEY (type_code, kind) REFERENCES transaction_types (code, kind),
  FOREIGN KEY (account_id, office_id, currency) REFERENCES accounts (id, office_id, currency)
);
CREATE INDEX transactions_account ON transactions (account_id, effective_date);
CREATE UNIQUE INDEX transactions_command ON transactions (command_id, account_id) WHERE command_id IS NOT NULL;
CREATE UNIQUE INDEX transactions_invoice ON transactions (invoice_id) WHERE kind = 'invoice';

CREATE TABLE postings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  transaction_id uuid NOT NULL REFERENCES transactions,
  account_id uuid NOT NULL,
  invoice_id uuid,
  bill_line_id uuid REFERENCES bill_lines,
  debit text NOT NULL CHECK (debit ~ '^(receivable|write-off):[A-Za-z0-9._-]+$|^(income|cash|account-credit|recoverable)$'),
  credit text NOT NULL CHECK (credit ~ '^(receivable|write-off):[A-Za-z0-9._-]+$|^(income|cash|account-credit|recoverable)$'),
  amount bigint NOT NULL CHECK (amount > 0),
  effective_date date NOT NULL,
  source_transaction_id uuid,
  CHECK (debit <> credit),
  CHECK ((bill_line_id IS NOT NULL) = (debit LIKE 'receivable:%' OR credit LIKE 'receivable:%')),
  CHECK ((bill_line_id IS NULL) = (invoice_id IS NULL)),
  CHECK ((source_transaction_id IS NOT NULL) = ('account-credit' IN (debit, credit)))
);
CREATE INDEX postings_transaction ON postings (transaction_id);
CREATE INDEX postings_account ON postings (account_id, effective_date);
CREATE INDEX postings_source ON postings (source_transaction_id) WHERE source_transaction_id <> transaction_id;

CREATE TABLE disputes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES accounts,
  invoice_id uuid NOT NULL REFERENCES invoices,
  reason text NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  opened_on date NOT NULL,
  settled_on date CHECK (settled_on >= opened_on),
  version int NOT NULL DEFAULT 1
);
CREATE INDEX disputes_invoice ON disputes (invoice_id);
CREATE INDEX disputes_account ON disputes (account_id);
`;
