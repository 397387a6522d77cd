/**
 * Reference data: offices, payers, service types, cancellation reasons, with what ships. Transaction types stand in
 * transaction-types.sql.ts.
 */
export const referenceTablesSql = `
CREATE TABLE offices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  time_zone text NOT NULL,
  locale text NOT NULL DEFAULT 'en-US',
  apply_credit boolean NOT NULL DEFAULT true,
  sequence bigint NOT NULL DEFAULT 0,
  version int NOT NULL DEFAULT 1,
  UNIQUE (id, currency)
);

CREATE TABLE payers (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('self', 'insurer', 'generic')),
  version int NOT NULL DEFAULT 1
);
INSERT INTO payers (code, name, type) VALUES ('SELF', 'Self', 'self');

CREATE TABLE service_types (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  is_fee boolean NOT NULL DEFAULT false,
  version int NOT NULL DEFAULT 1
);
INSERT INTO service_types (code, name, is_fee) VALUES ('service', 'Service', false), ('late-fee', 'Late fee', true);

CREATE TABLE cancellation_reasons (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  version int NOT NULL DEFAULT 1
);
INSERT INTO cancellation_reasons (code, name) VALUES ('non-payment', 'Non-payment'), ('moved-away', 'Moved away');
`;
