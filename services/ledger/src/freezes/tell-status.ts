import type { AccountStatus } from '@recoup/contracts';
import { row, rows, sql, type Db } from '@recoup/service-kit';
import { publishAccountEvents, type AccountEvent } from '../accounts/account-events.js';
import {
  subscriptionColumns,
  subscriptionEvent,
  subscriptionFrom,
  type SubscriptionView,
} from '../subscriptions/subscription.js';

/**
 * Tells how a locked account and subscriptions of it stand now: the account first, if its status changed, then the
 * subscriptions in order of their numbers (LED-20, LED-52).
 */
export async function tellStatus(
  tx: Db,
  accountId: string,
  subscriptionIds: readonly string[],
  changed: { readonly account: boolean },
): Promise<void> {
  const events: AccountEvent[] = changed.account ? [await accountChanged(tx, accountId)] : [];
  const subscriptions = await rows<SubscriptionView>(
    tx,
    sql`SELECT ${subscriptionColumns} FROM ${subscriptionFrom}
        WHERE s.id = ANY(${[...subscriptionIds]}::uuid[]) ORDER BY s.number COLLATE "C"`,
  );
  await publishAccountEvents(tx, [...events, ...subscriptions.map(subscriptionEvent)]);
}

async function accountChanged(tx: Db, accountId: string): Promise<AccountEvent> {
  const found = await row<{ status: AccountStatus; statementHold: boolean }>(
    tx,
    sql`SELECT status, statement_hold AS "statementHold" FROM accounts WHERE id = ${accountId}`,
  );
  if (!found) throw new Error('A locked account is gone');
  return { type: 'recoup.ledger.account-changed.v1', data: { accountId, ...found } };
}
