/**
 * Tables that the report reads beside the projection: what collections knows of an account, and the report's snapshots.
 *
 * A row of account_states is made when an account is first acted on; until then its stage is "not-set". `sequence` numbers
 * the account's events. Periods of an account never overlap (I14).
 *
 * Snapshots are tables report_<id> in a schema of their own, the only place where the service may create tables. They are
 * unlogged: a crash of the database empties them, and snapshots_alive with them, which is how a lost snapshot is known.
 * report_stale names accounts that a snapshot must compute again. It has no key on purpose: a mark that is being written
 * while a read takes the ones before it must stay.
 */
export const reportTablesSql = `
CREATE TABLE account_states (
  account_id uuid PRIMARY KEY,
  stage text NOT NULL DEFAULT 'not-set' CHECK (stage IN ('not-set', 'pending', 'sent')),
  stage_since timestamptz,
  sequence bigint NOT NULL DEFAULT 0,
  agency_code text
) WITH (fillfactor = 70);

CREATE TABLE stage_periods (
  account_id uuid NOT NULL,
  stage text NOT NULL CHECK (stage IN ('not-set', 'pending', 'sent')),
  period tstzrange NOT NULL,
  actor text NOT NULL,
  bulk_action_id uuid,
  CONSTRAINT stage_periods_apart EXCLUDE USING gist (account_id WITH =, period WITH &&)
);

CREATE TABLE flags (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name text NOT NULL,
  colour text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  version bigint NOT NULL DEFAULT 1
);

CREATE TABLE account_flags (
  account_id uuid NOT NULL,
  flag_id uuid NOT NULL REFERENCES flags,
  added_at timestamptz NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (account_id, flag_id)
);
CREATE INDEX account_flags_flag ON account_flags (flag_id);

CREATE TABLE report_snapshots (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  as_of date NOT NULL,
  status text NOT NULL DEFAULT 'building' CHECK (status IN ('building', 'ready')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  built_at timestamptz,
  last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  revision int NOT NULL DEFAULT 0
);
CREATE INDEX report_snapshots_date ON report_snapshots (as_of);

CREATE TABLE report_stale (snapshot_id int NOT NULL, account_id uuid NOT NULL);
CREATE INDEX report_stale_snapshot ON report_stale (snapshot_id);

CREATE SCHEMA snapshots;
GRANT CREATE, USAGE ON SCHEMA snapshots TO recoup_collections;
CREATE UNLOGGED TABLE snapshots_alive (snapshot_id int PRIMARY KEY);

CREATE VIEW aggregate_sequences AS
  SELECT 'recoup.collections.events'::text AS topic, account_id::text AS aggregate_id, sequence FROM account_states;
`;
