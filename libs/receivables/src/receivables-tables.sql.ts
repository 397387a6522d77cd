/**
 * Tables of the projection of the ledger, for the first migration of each service that follows it.
 *
 * Running figures (open amounts, balance, credit, open invoices) stand beside the movements that made them, so that any
 * past day is the figure of now less what moved after that day. `movements.amount` is what changed on Self's side, which
 * is what a balance means; `other_amount` what changed on the side of insurers and agencies. An invoice's issue is its
 * first movement. The due date stands on the movement too, so that aging needs no second table.
 *
 * There are no foreign keys between accounts, offices and contacts: they come by different topics and partitions, in any
 * order. Within an account the sequence check keeps order, and the checks below refuse what would break the figures.
 */
export const receivablesTablesSql = `
CREATE TABLE offices (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  locale text NOT NULL
);

CREATE TABLE transaction_types (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  plural text NOT NULL,
  kind text NOT NULL,
  active boolean NOT NULL
);

CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  office_id uuid NOT NULL,
  number text NOT NULL,
  name text,
  status text NOT NULL CHECK (status IN ('active', 'frozen', 'closed')),
  statement_hold boolean NOT NULL,
  currency text NOT NULL,
  balance bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
  credit bigint NOT NULL DEFAULT 0 CHECK (credit >= 0),
  open_invoices int NOT NULL DEFAULT 0 CHECK (open_invoices >= 0),
  last_payment_date date,
  last_payment_amount bigint,
  language text
) WITH (fillfactor = 70);
CREATE INDEX accounts_number ON accounts (number, id);
CREATE INDEX accounts_name ON accounts (name, id);
CREATE INDEX accounts_text ON accounts USING gin (name gin_trgm_ops, number gin_trgm_ops);

CREATE TABLE account_contacts (
  account_id uuid PRIMARY KEY,
  name text,
  language text,
  contact jsonb
);

CREATE TABLE invoices (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  number text NOT NULL,
  invoice_date date NOT NULL,
  due_date date NOT NULL,
  total bigint NOT NULL CHECK (total >= 0),
  open_amount bigint NOT NULL CHECK (open_amount BETWEEN 0 AND total),
  currency text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX invoices_account ON invoices (account_id);
CREATE INDEX invoices_open ON invoices (account_id) WHERE open_amount > 0;

CREATE TABLE bill_lines (
  id uuid PRIMARY KEY,
  invoice_id uuid NOT NULL,
  account_id uuid NOT NULL,
  payer_type text NOT NULL CHECK (payer_type IN ('self', 'insurer', 'generic')),
  amount bigint NOT NULL CHECK (amount >= 0),
  open_amount bigint NOT NULL CHECK (open_amount BETWEEN 0 AND amount),
  responsibility_date date NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX bill_lines_invoice ON bill_lines (invoice_id);

CREATE TABLE movements (
  account_id uuid NOT NULL,
  invoice_id uuid,
  bill_line_id uuid,
  transaction_id uuid,
  type text NOT NULL,
  effective_date date NOT NULL,
  due_date date,
  amount bigint NOT NULL DEFAULT 0,
  other_amount bigint NOT NULL DEFAULT 0,
  credit_amount bigint NOT NULL DEFAULT 0,
  CHECK ((invoice_id IS NULL) = (due_date IS NULL)),
  CHECK (invoice_id IS NOT NULL OR (amount = 0 AND other_amount = 0))
);
CREATE INDEX movements_account ON movements (account_id, effective_date);
CREATE INDEX movements_after ON movements (effective_date);

CREATE TABLE payments (
  transaction_id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  effective_date date NOT NULL,
  amount bigint NOT NULL,
  sequence bigint NOT NULL,
  undone boolean NOT NULL DEFAULT false
);
CREATE INDEX payments_account ON payments (account_id, effective_date);

CREATE TABLE disputes (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  reason text NOT NULL,
  amount bigint NOT NULL,
  opened_on date NOT NULL,
  settled_on date
);
CREATE INDEX disputes_account ON disputes (account_id);
`;
