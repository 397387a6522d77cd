/**
 * What the projection keeps since the ledger knows several payers: who owes each bill line and for which service, who paid,
 * subscriptions with their discount, payers and service types. For a migration after that of `receivablesTablesSql`.
 */
export const receivablesPayersTablesSql = `
ALTER TABLE accounts ADD COLUMN erased_at timestamptz;
ALTER TABLE bill_lines
  ADD COLUMN service_line_id uuid,
  ADD COLUMN payer_code text,
  ADD COLUMN service_type_code text,
  ADD COLUMN date_of_service date,
  ADD COLUMN subscription_id uuid;
CREATE INDEX bill_lines_service_line ON bill_lines (service_line_id);
ALTER TABLE payments ADD COLUMN payer_type text NOT NULL DEFAULT 'self', ADD COLUMN payer_code text;

CREATE TABLE payers (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  type text NOT NULL,
  active boolean NOT NULL
);

CREATE TABLE service_types (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  is_fee boolean NOT NULL
);

CREATE TABLE account_payers (
  account_id uuid NOT NULL,
  payer_id uuid NOT NULL,
  payer_code text NOT NULL,
  payer_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (account_id, payer_id)
);

CREATE TABLE subscriptions (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  number text NOT NULL,
  service_type_code text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'frozen', 'cancelled')),
  started_on date NOT NULL,
  initial_service_discount bigint NOT NULL,
  currency text NOT NULL
);
CREATE INDEX subscriptions_account ON subscriptions (account_id);
`;

/** What a service that follows the ledger may do with these tables, for the same migration. */
export function receivablesPayersGrantsSql(service: 'collections' | 'precollections' | 'messaging'): string[] {
  const tables = 'payers, service_types, account_payers, subscriptions';
  return [
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${tables} TO recoup_${service}`,
    `GRANT SELECT ON ${tables} TO recoup_${service}_reader`,
  ];
}
