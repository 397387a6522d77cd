/**
 * Tables of bulk actions (BLK-1 to BLK-5). An action is a run (same id) with its selection, parameters and the hash of
 * its preview; its items are written once, by the preview, and updated once, by the chunk that carries them out.
 *
 * Items have no foreign keys: a preview writes a million of them in one statement, from rows that are there. Their
 * position follows the account's id, so that a chunk locks accounts in the one order that can't deadlock. Pages are left
 * 40 % empty for the second version of each row, and no index names a column that changes.
 *
 * A chunk is a range of account ids, kept beside it: so the primary key serves every query on items. With a second index on
 * (action_id, chunk) the planner, whose statistics never know a new action, looked items up by the wrong one and read the
 * whole action for each account (7 s a chunk when seen).
 *
 * `previewed_amount` is what the preview promised, `current_amount` what was open when the item was carried out, `amount`
 * the effect: the previewed one until then, and 0 for an item that was left out, skipped or failed. All are minor units of
 * the item's currency.
 */
export const bulkActionTablesSql = `
CREATE TABLE bulk_actions (
  id uuid PRIMARY KEY REFERENCES runs,
  selection json NOT NULL,
  parameters json NOT NULL,
  as_of date NOT NULL,
  report_version text,
  hash text,
  selected int NOT NULL DEFAULT 0,
  eligible int NOT NULL DEFAULT 0,
  totals json NOT NULL DEFAULT '[]',
  reasons json NOT NULL DEFAULT '{}',
  warnings json NOT NULL DEFAULT '[]',
  office_codes text[],
  undo_of uuid REFERENCES bulk_actions,
  problem text,
  sequence bigint NOT NULL DEFAULT 0,
  ended boolean NOT NULL DEFAULT false,
  moved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX bulk_actions_moved ON bulk_actions (moved_at);
CREATE INDEX bulk_actions_undo ON bulk_actions (undo_of) WHERE undo_of IS NOT NULL;

CREATE TABLE bulk_action_items (
  action_id uuid NOT NULL,
  account_id uuid NOT NULL,
  position int NOT NULL,
  chunk int,
  office_id uuid NOT NULL,
  currency text NOT NULL,
  as_of_balance bigint NOT NULL,
  previewed_amount bigint NOT NULL,
  amount bigint NOT NULL,
  current_amount bigint,
  status text NOT NULL CHECK (status IN ('pending', 'done', 'skipped', 'failed')),
  reason text,
  before json,
  after json,
  transaction_id uuid,
  CHECK (status IN ('pending', 'done') OR reason IS NOT NULL),
  CHECK (chunk IS NOT NULL OR status = 'skipped'),
  PRIMARY KEY (action_id, account_id)
) WITH (fillfactor = 60);

CREATE TABLE bulk_action_chunks (
  action_id uuid NOT NULL,
  number int NOT NULL,
  first_account uuid NOT NULL,
  last_account uuid NOT NULL,
  PRIMARY KEY (action_id, number)
);
`;
