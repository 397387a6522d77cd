/**
 * Tables of the bus in each service's database, for its first migration.
 *
 * outbox: what is to be published, written in the transaction of the change. There is no cursor over its ids, which are
 * drawn before commit: the relay takes what is not yet published. Daily partitions, so that old days are dropped whole;
 * the service's role may not create tables, so two functions of the owner do it.
 *
 * consumer_positions: where the consumer stands in each partition, moved in the transaction of the effect, with the
 * counts that must add up to the offsets written (I12). applied_sequences: the last sequence applied of each aggregate.
 * relay_heartbeats: how far each producer's topics were written at an instant, of the last hour.
 */
export const busTablesSql = `
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY,
  topic text NOT NULL,
  key text NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  sequence bigint,
  data json NOT NULL,
  correlation_id text,
  causation_id text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at timestamptz
) PARTITION BY RANGE (created_at);
CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL;
CREATE TABLE outbox_default PARTITION OF outbox DEFAULT;

CREATE FUNCTION outbox_keep_partitions(days_kept int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET timezone = 'UTC' AS $$
DECLARE
  day date;
  old record;
  unpublished boolean;
BEGIN
  FOR day IN SELECT generate_series(current_date, current_date + 2, interval '1 day')::date LOOP
    IF to_regclass('outbox_' || to_char(day, 'YYYYMMDD')) IS NULL
       AND NOT EXISTS (SELECT 1 FROM outbox_default WHERE created_at >= day AND created_at < day + 1) THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF outbox FOR VALUES FROM (%L) TO (%L)',
        'outbox_' || to_char(day, 'YYYYMMDD'), day::timestamptz, (day + 1)::timestamptz);
    END IF;
  END LOOP;
  FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'outbox'::regclass AND c.relname ~ '^outbox_[0-9]{8}$'
               AND to_date(right(c.relname, 8), 'YYYYMMDD') < current_date - days_kept LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE published_at IS NULL)', old.relname) INTO unpublished;
    IF NOT unpublished THEN EXECUTE format('DROP TABLE %I', old.relname); END IF;
  END LOOP;
END $$;

CREATE TABLE consumer_positions (
  topic text NOT NULL,
  partition int NOT NULL,
  next_offset bigint NOT NULL DEFAULT 0,
  applied bigint NOT NULL DEFAULT 0,
  duplicate bigint NOT NULL DEFAULT 0,
  unused bigint NOT NULL DEFAULT 0,
  parked bigint NOT NULL DEFAULT 0,
  absent bigint NOT NULL DEFAULT 0,
  moved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

CREATE TABLE applied_sequences (
  topic text NOT NULL,
  aggregate_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (topic, aggregate_id)
) WITH (fillfactor = 80);

CREATE TABLE parked_messages (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  topic text NOT NULL,
  partition int NOT NULL,
  "offset" bigint NOT NULL,
  key text NOT NULL,
  aggregate_id text NOT NULL,
  type text,
  sequence bigint,
  reason text NOT NULL,
  detail text NOT NULL,
  headers json NOT NULL,
  value bytea,
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  replayed_at timestamptz,
  UNIQUE (topic, partition, "offset")
);
CREATE INDEX parked_waiting ON parked_messages (topic, aggregate_id, sequence) WHERE replayed_at IS NULL;

CREATE TABLE relay_heartbeats (
  service text NOT NULL,
  said_at timestamptz NOT NULL,
  offsets json NOT NULL,
  PRIMARY KEY (service, said_at)
);
`;
