/**
 * Tables of the runs engine, for a service's first migration: one engine for bulk actions, jobs, imports and files.
 * A run's items stand in a table of its kind, each with its chunk's number; counts stand on the chunk, so progress never
 * counts items. `failures` counts tries in a row that failed. The fence rises with each claim: a worker whose lease was taken over can't commit another chunk.
 */
export const runsTablesSql = `
CREATE TABLE runs (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL,
  type text NOT NULL,
  status text NOT NULL CHECK (status IN ('previewing', 'preview', 'awaiting-approval', 'running', 'paused', 'completed', 'completed-with-failures', 'cancelled')),
  actor text NOT NULL,
  approver text,
  offices text[] NOT NULL,
  correlation_id text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  lease_owner text,
  lease_until timestamptz,
  fence bigint NOT NULL DEFAULT 0,
  failures int NOT NULL DEFAULT 0,
  last_error text,
  version bigint NOT NULL DEFAULT 1
);
CREATE INDEX runs_claimable ON runs (started_at) WHERE status = 'running';
CREATE INDEX runs_history ON runs (kind, created_at DESC);

CREATE TABLE run_chunks (
  run_id uuid NOT NULL REFERENCES runs,
  number int NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'done')),
  items int NOT NULL CHECK (items > 0),
  done int NOT NULL DEFAULT 0,
  skipped int NOT NULL DEFAULT 0,
  failed int NOT NULL DEFAULT 0,
  amount bigint NOT NULL DEFAULT 0,
  attempts int NOT NULL DEFAULT 0,
  sent_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (run_id, number),
  CHECK (status <> 'done' OR done + skipped + failed = items)
);
CREATE INDEX run_chunks_open ON run_chunks (run_id, number) WHERE status <> 'done';
`;
