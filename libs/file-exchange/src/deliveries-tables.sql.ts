/**
 * Table of deliveries, for a service's migration. A delivery's rows are stored by the service under `batch_id`; the file is
 * a pure function of them. Its number follows on the recipient's last without a gap, since it is taken from the
 * recipient's locked row in the transaction that writes the delivery.
 */
export const deliveriesTablesSql = `
CREATE TABLE deliveries (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  recipient text NOT NULL,
  kind text NOT NULL,
  batch_id uuid NOT NULL,
  file_sequence int NOT NULL CHECK (file_sequence > 0),
  file_name text NOT NULL,
  file_date date NOT NULL,
  row_count bigint NOT NULL CHECK (row_count > 0),
  totals json NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sending', 'delivered', 'failed')),
  attempts int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  lease_owner text,
  lease_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  bytes bigint,
  checksum text CHECK (checksum ~ '^[0-9a-f]{64}$'),
  last_error text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  delivered_at timestamptz,
  CHECK ((status = 'delivered') = (delivered_at IS NOT NULL)),
  CHECK (status <> 'delivered' OR (checksum IS NOT NULL AND bytes IS NOT NULL)),
  UNIQUE (recipient, kind, file_sequence),
  UNIQUE (recipient, kind, batch_id),
  UNIQUE (recipient, file_name)
);
CREATE INDEX deliveries_due ON deliveries (next_attempt_at) WHERE status IN ('pending', 'sending');
`;
