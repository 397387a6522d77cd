/**
 * Imports and answers. An import's staged rows live until their chunk is booked and are then deleted, contact data in
 * them encrypted; what was refused or doubtful stays as rejections. A chunk's answer is kept for ever and repeated
 * when the chunk is asked for again (LED-53).
 */
export const workTablesSql = `
CREATE TABLE imports (
  id uuid PRIMARY KEY,
  file_name text NOT NULL,
  mapping_name text NOT NULL,
  mapping json NOT NULL,
  checksum text,
  bytes bigint NOT NULL DEFAULT 0,
  records bigint NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE import_rows (
  import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
  chunk int NOT NULL,
  line bigint NOT NULL,
  fields json NOT NULL,
  PRIMARY KEY (import_id, chunk, line)
);

CREATE TABLE import_rejections (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
  line bigint NOT NULL,
  column_name text,
  value text,
  reason text NOT NULL,
  detail text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('refused', 'warning'))
);
CREATE INDEX import_rejections_import ON import_rejections (import_id, line);

CREATE TABLE command_answers (
  action_id uuid NOT NULL,
  chunk int NOT NULL,
  answer json NOT NULL,
  answered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (action_id, chunk)
);

CREATE VIEW aggregate_sequences AS
  SELECT 'recoup.ledger.events'::text AS topic, id::text AS aggregate_id, sequence FROM accounts
  UNION ALL SELECT 'recoup.ledger.events', id::text, sequence FROM offices
  UNION ALL SELECT 'recoup.ledger.events', id::text, sequence FROM transaction_types
  UNION ALL SELECT 'recoup.ledger.contacts', id::text, contact_sequence FROM accounts;
`;
