import { catalog, type MessageData, type MessageTypeName } from '@recoup/contracts';
import { run, sql, type Db, type RawBuilder } from '../database/database.js';
import { prepared } from '../database/prepared.js';

/** An event to be published with the change that it tells of. */
export interface OutboxMessage<T extends MessageTypeName = MessageTypeName> {
  readonly type: T;
  /** Kafka key: events of one key stay in order. */
  readonly key: string;
  /** The aggregate: account, office, agency, action. */
  readonly subject: string;
  /** The aggregate's next number, taken from its locked row in this transaction; none for commands and results. */
  readonly sequence?: number;
  readonly data: MessageData<T>;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
}

/**
 * Writes messages to the outbox, in the transaction that `tx` is in. The caller holds the lock of each aggregate's row:
 * ids are drawn here, and the lock is what makes their order the order of the aggregate's events.
 * @throws ZodError when data doesn't match its schema in the catalog.
 */
export async function publish<T extends MessageTypeName>(tx: Db, messages: readonly OutboxMessage<T>[]): Promise<void> {
  if (messages.length === 0) return;
  const { columns, given } = insertParts(messages);
  await run(
    tx,
    sql`INSERT INTO outbox (${columns}, sequence) SELECT ${columns}, sequence FROM ${given} ORDER BY ordinality`,
  );
}

/**
 * Writes messages as `publish` does, in one statement with the one that moves their aggregates' numbers on, for each journey
 * to the database counts. `moved` answers each aggregate once: `subject`, as text, and `before`, its number until then; the
 * sequence of a message is its place among those of its aggregate, from 1.
 * @throws Error when an aggregate was not moved
 */
export async function publishNumbered<T extends MessageTypeName>(
  tx: Db,
  messages: readonly OutboxMessage<T>[],
  moved: RawBuilder<unknown>,
): Promise<void> {
  if (messages.length === 0) return;
  const { columns, given } = insertParts(messages);
  const text = messages.length === 1 ? prepared : sql;
  const written = await run(
    tx,
    text`WITH moved AS (${moved})
         INSERT INTO outbox (${columns}, sequence) SELECT ${columns}, before + sequence FROM ${given} JOIN moved USING (subject)
         ORDER BY ordinality`,
  );
  if (written !== messages.length) throw new Error(`Of ${messages.length} messages ${written} have an aggregate`);
}

/** Columns of messages beside their sequence, and the messages as rows in the order given. */
function insertParts<T extends MessageTypeName>(messages: readonly OutboxMessage<T>[]) {
  const records = messages.map((message) => ({
    topic: catalog[message.type].topic,
    key: message.key,
    type: message.type,
    subject: message.subject,
    sequence: message.sequence ?? null,
    data: catalog[message.type].schema.parse(message.data),
    correlation_id: message.correlationId ?? null,
    causation_id: message.causationId ?? null,
  }));
  const given = sql`ROWS FROM (json_to_recordset(${JSON.stringify(records)}::json)
    AS (topic text, key text, type text, subject text, sequence bigint, data json, correlation_id text, causation_id text))
    WITH ORDINALITY`;
  return { columns: sql`topic, key, type, subject, data, correlation_id, causation_id`, given };
}

/** A key that a compacted topic is to forget, with the envelope of the change that erased it. */
export type OutboxTombstone = Omit<OutboxMessage, 'data'>;

/**
 * Writes tombstones to the outbox: messages without value, by which the log drops what it held under their keys and
 * readers what they kept (S28). What was written before them for the same key goes from the outbox as well: published or
 * not, those rows become tombstones too. The caller holds the locks as for `publish`.
 */
export async function publishTombstones(tx: Db, tombstones: readonly OutboxTombstone[]): Promise<void> {
  for (const { type, key, subject, sequence, correlationId, causationId } of tombstones) {
    const { topic } = catalog[type];
    await run(tx, sql`UPDATE outbox SET data = NULL WHERE topic = ${topic} AND key = ${key} AND data IS NOT NULL`);
    await run(
      tx,
      sql`INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id, causation_id)
          VALUES (${topic}, ${key}, ${type}, ${subject}, ${sequence ?? null}, NULL, ${correlationId ?? null}, ${causationId ?? null})`,
    );
  }
}
