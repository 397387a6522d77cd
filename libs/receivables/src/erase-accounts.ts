import type { MessageTypeName } from '@recoup/contracts';
import {
  correlationId,
  rows,
  run as execute,
  sql,
  type Db,
  type ErasureRun,
  type RawBuilder,
} from '@recoup/service-kit';

/** An account to be erased; when that was, where the message says it. */
export interface Erasure {
  readonly accountId: string;
  readonly erasedAt?: string;
}

/** Called in the transaction that erased accounts, with those that were not erased before. */
export type ConfirmErasures = (tx: Db, accountIds: readonly string[]) => Promise<void>;

/**
 * Personal data goes, figures stay (S28). The ledger says it twice, by an event and by a tombstone on the contacts topic,
 * and whichever comes first does it; the mark on account_contacts keeps contact data that is read later, or once more,
 * from coming back.
 */
export async function eraseAccounts(tx: Db, erasures: readonly Erasure[], confirm?: ConfirmErasures): Promise<void> {
  if (erasures.length === 0) return;
  const json = JSON.stringify(erasures);
  const marked = await rows<{ id: string }>(
    tx,
    sql`INSERT INTO account_contacts AS c (account_id, erased_at)
        SELECT DISTINCT "accountId", clock_timestamp() FROM json_to_recordset(${json}::json) AS e ("accountId" uuid) ORDER BY 1
        ON CONFLICT (account_id) DO UPDATE SET name = NULL, language = NULL, contact = NULL, erased_at = excluded.erased_at
          WHERE c.erased_at IS NULL
        RETURNING c.account_id AS id`,
  );
  await execute(
    tx,
    sql`UPDATE accounts a SET name = NULL, language = NULL, erased_at = coalesce(e."erasedAt", a.erased_at, clock_timestamp())
        FROM json_to_recordset(${json}::json) AS e ("accountId" uuid, "erasedAt" timestamptz) WHERE a.id = e."accountId"`,
  );
  // Also when the mark was there: what could not be read may have come between the event and the tombstone.
  await forgetParked(
    tx,
    erasures.map(({ accountId }) => accountId),
  );
  const accountIds = marked.map(({ id }) => id);
  if (confirm && accountIds.length > 0) await confirm(tx, accountIds);
}

/** Takes tombstones of the contacts topic, whose keys are accounts. */
export async function applyTombstones({ tx, messages }: ErasureRun, confirm?: ConfirmErasures): Promise<void> {
  await eraseAccounts(
    tx,
    messages.map(({ aggregateId }) => ({ accountId: aggregateId })),
    confirm,
  );
}

/**
 * Contact data that could not be applied is kept as it came, so it goes too: what still waits becomes a tombstone, which is
 * read later.
 */
async function forgetParked(tx: Db, accountIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    sql`UPDATE parked_messages SET value = NULL
        WHERE topic LIKE '%recoup.ledger.contacts' AND aggregate_id = ANY(${[...accountIds]}::text[]) AND value IS NOT NULL`,
  );
}

/** Who confirms, and the table of its accounts' running numbers: (account_id, sequence). */
export interface Confirming {
  readonly service: 'collections' | 'precollections' | 'messaging';
  readonly numbers: RawBuilder<unknown>;
}

/**
 * Says that this service has erased accounts: an event each, under the account's next number, and a line in the audit,
 * which the account's timeline shows beside those of the other services.
 */
export function confirmErasures({ service, numbers }: Confirming): ConfirmErasures {
  const type = `recoup.${service}.account-erasure-confirmed.v1` satisfies MessageTypeName;
  return async (tx, accountIds) => {
    const correlation = correlationId();
    await execute(
      tx,
      sql`WITH numbered AS (
            INSERT INTO ${numbers} AS n (account_id, sequence)
            SELECT id, 1 FROM unnest(${[...accountIds]}::uuid[]) AS t (id) ORDER BY id
            ON CONFLICT (account_id) DO UPDATE SET sequence = n.sequence + 1
            RETURNING n.account_id, n.sequence),
          told AS (
            INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id)
            SELECT ${`recoup.${service}.events`}, account_id, ${type}::text, account_id, sequence,
                   json_build_object('accountId', account_id,
                     'confirmedAt', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
                   ${correlation}
            FROM numbered ORDER BY account_id)
          INSERT INTO audit (actor, action, entity_type, entity_id, account_id, correlation_id)
          SELECT ${service}, 'confirm-erasure', 'account', account_id, account_id, ${correlation} FROM numbered`,
    );
  };
}
