import { catalog, type MessageData, type MessageTypeName } from '@recoup/contracts';
import { run, sql, type Db } from '../database/database.js';

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
  await run(
    tx,
    sql`
    INSERT INTO outbox (topic, key, type, subject, sequence, data, correlation_id, causation_id)
    SELECT topic, key, type, subject, sequence, data, correlation_id, causation_id
    FROM ROWS FROM (json_to_recordset(${JSON.stringify(records)}::json)
      AS (topic text, key text, type text, subject text, sequence bigint, data json, correlation_id text, causation_id text))
      WITH ORDINALITY
    ORDER BY ordinality`,
  );
}
