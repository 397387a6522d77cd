/**
 * Subscriptions, and freezes with the status that each account and subscription had before (LED-21, LED-52). The notes of
 * a freeze are kept encrypted, for people write names into notes.
 */
export const subscriptionsTablesSql = `
CREATE TABLE subscriptions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  office_id uuid NOT NULL,
  currency text NOT NULL,
  number text NOT NULL CHECK (number <> ''),
  service_type_code text NOT NULL REFERENCES service_types (code),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'frozen', 'cancelled')),
  started_on date NOT NULL,
  initial_service_discount bigint NOT NULL DEFAULT 0 CHECK (initial_service_discount >= 0),
  version int NOT NULL DEFAULT 1,
  UNIQUE (office_id, number),
  UNIQUE (id, account_id),
  FOREIGN KEY (account_id, office_id, currency) REFERENCES accounts (id, office_id, currency)
);
CREATE INDEX subscriptions_account ON subscriptions (account_id);
ALTER TABLE service_lines ADD COLUMN subscription_id uuid REFERENCES subscriptions;

CREATE TABLE freezes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES accounts,
  action_id uuid,
  prior_status text NOT NULL CHECK (prior_status IN ('active', 'closed')),
  cancellation_reason_code text NOT NULL REFERENCES cancellation_reasons (code),
  notes jsonb,
  actor text NOT NULL,
  frozen_at timestamptz NOT NULL,
  rolled_back_by text,
  rolled_back_at timestamptz,
  CHECK ((rolled_back_by IS NULL) = (rolled_back_at IS NULL)),
  UNIQUE (action_id, account_id)
);
CREATE UNIQUE INDEX freezes_open ON freezes (account_id) WHERE rolled_back_at IS NULL;

CREATE TABLE frozen_subscriptions (
  freeze_id uuid NOT NULL REFERENCES freezes,
  subscription_id uuid NOT NULL REFERENCES subscriptions,
  prior_status text NOT NULL CHECK (prior_status IN ('active', 'cancelled')),
  rolled_back_at timestamptz,
  PRIMARY KEY (freeze_id, subscription_id)
);
CREATE INDEX frozen_subscriptions_subscription ON frozen_subscriptions (subscription_id) WHERE rolled_back_at IS NULL;
`;
