/**
 * Collection agencies and what is referred to them (AGY-1, AGY-2). Referrals and the rows of placement files are only ever
 * added to: a cancelled referral is a record of its own. `sequence` numbers the agency's events, `file_sequence` its files.
 *
 * placement_rows holds what the file says of a referral, as it stood when the referral was made; the file is a pure
 * function of these rows. They are read in order of office and account number, byte by byte, so that the order is the same
 * on every server.
 */
export const agencyTablesSql = `
CREATE TABLE agencies (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  interface_method text NOT NULL CHECK (interface_method IN ('folder')),
  file_format json NOT NULL,
  bookkeeping text NOT NULL CHECK (bookkeeping IN ('close', 'keep-open')),
  sequence bigint NOT NULL DEFAULT 0,
  file_sequence int NOT NULL DEFAULT 0,
  version bigint NOT NULL DEFAULT 1
);

CREATE TABLE referrals (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  type text NOT NULL CHECK (type IN ('referral', 'cancel')),
  agency_id uuid NOT NULL REFERENCES agencies,
  account_id uuid NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  currency text NOT NULL,
  referred_on date NOT NULL,
  actor text NOT NULL,
  bulk_action_id uuid,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (type = 'cancel' OR amount > 0),
  UNIQUE (bulk_action_id, account_id, type)
);
CREATE INDEX referrals_account ON referrals (account_id, created_at);
CREATE INDEX referrals_agency ON referrals (agency_id, created_at);

CREATE TABLE placement_rows (
  referral_id uuid PRIMARY KEY REFERENCES referrals,
  batch_id uuid NOT NULL,
  account_id uuid NOT NULL,
  office_code text NOT NULL,
  account_number text NOT NULL,
  name text NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  oldest_due_date date,
  days_past_due int NOT NULL,
  open_invoices int NOT NULL
);
CREATE INDEX placement_rows_file ON placement_rows (batch_id, office_code COLLATE "C", account_number COLLATE "C", account_id);
`;
