import type { MessageData } from '@recoup/contracts';
import { correlationId, publishNumbered, sql, type Db, type OutboxMessage } from '@recoup/service-kit';

type AccountEventType =
  | 'recoup.ledger.account-opened.v1'
  | 'recoup.ledger.account-changed.v1'
  | 'recoup.ledger.account-erased.v1'
  | 'recoup.ledger.subscription-changed.v1'
  | 'recoup.ledger.payer-assigned.v1'
  | 'recoup.ledger.invoice-issued.v1'
  | 'recoup.ledger.payment-received.v1'
  | 'recoup.ledger.credit-applied.v1'
  | 'recoup.ledger.written-off.v1'
  | 'recoup.ledger.adjusted.v1'
  | 'recoup.ledger.line-queued.v1'
  | 'recoup.ledger.payer-invoice-issued.v1'
  | 'recoup.ledger.balance-recalled.v1'
  | 'recoup.ledger.payment-returned.v1'
  | 'recoup.ledger.transaction-reversed.v1'
  | 'recoup.ledger.dispute-recorded.v1';

/** An event of an account, before it has its sequence. */
export type AccountEvent = {
  [T in AccountEventType]: { readonly type: T; readonly data: MessageData<T> };
}[AccountEventType];

/**
 * Publishes events of locked accounts, those of one account in the order given, and moves each account's sequence on by
 * as many. The accounts' rows are locked by the caller (law 9).
 */
export async function publishAccountEvents(tx: Db, events: readonly AccountEvent[]): Promise<void> {
  const counts = new Map<string, number>();
  const correlation = correlationId();
  const messages = events.map(({ type, data }): OutboxMessage => {
    const { accountId } = data;
    const sequence = (counts.get(accountId) ?? 0) + 1;
    counts.set(accountId, sequence);
    return { type, key: accountId, subject: accountId, sequence, data, correlationId: correlation };
  });
  await publishNumbered(
    tx,
    messages,
    sql`UPDATE accounts a SET sequence = a.sequence + t.events
        FROM unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::int[]) AS t (id, events)
        WHERE a.id = t.id RETURNING a.id::text AS subject, a.sequence - t.events AS before`,
  );
}
