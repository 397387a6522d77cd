import type { MessageData } from '@recoup/contracts';
import type { ReceivedMessage } from '@recoup/service-kit';
import type { AccountEventType } from './account-event-types.js';
import { charges, moved, type MovementRow } from './movement-rows.js';

/** What a run of account events comes to, sorted by table; nothing here depends on the order of different accounts. */
export interface LedgerChanges {
  readonly accounts: MessageData<'recoup.ledger.account-opened.v1'>[];
  readonly changed: MessageData<'recoup.ledger.account-changed.v1'>[];
  readonly erased: MessageData<'recoup.ledger.account-erased.v1'>[];
  readonly subscriptions: MessageData<'recoup.ledger.subscription-changed.v1'>[];
  readonly accountPayers: MessageData<'recoup.ledger.payer-assigned.v1'>[];
  readonly invoices: MessageData<'recoup.ledger.invoice-issued.v1'>[];
  readonly queued: (MessageData<'recoup.ledger.line-queued.v1'>['lines'][number] & { readonly accountId: string })[];
  readonly movements: MovementRow[];
  readonly payments: {
    transaction_id: string;
    account_id: string;
    effective_date: string;
    amount: number;
    sequence: number;
    payer_type: string;
    payer_code: string | null;
  }[];
  readonly undone: { transaction_id: string; account_id: string }[];
  readonly disputes: MessageData<'recoup.ledger.dispute-recorded.v1'>[];
}

type AccountEvent = { [T in AccountEventType]: { readonly type: T; readonly data: MessageData<T> } }[AccountEventType];

/** Sorts a run's events by what they change. Creations come before movements, and movements add up in any order. */
export function ledgerChanges(messages: readonly ReceivedMessage[]): LedgerChanges {
  const changes: LedgerChanges = {
    accounts: [],
    changed: [],
    erased: [],
    subscriptions: [],
    accountPayers: [],
    invoices: [],
    queued: [],
    movements: [],
    payments: [],
    undone: [],
    disputes: [],
  };
  for (const message of messages) sortEvent(message as AccountEvent, message.sequence ?? 0, changes);
  return changes;
}

function sortEvent(event: AccountEvent, sequence: number, changes: LedgerChanges): void {
  switch (event.type) {
    case 'recoup.ledger.account-opened.v1':
      changes.accounts.push(event.data);
      return;
    case 'recoup.ledger.account-changed.v1':
      changes.changed.push(event.data);
      return;
    case 'recoup.ledger.account-erased.v1':
      changes.erased.push(event.data);
      return;
    case 'recoup.ledger.subscription-changed.v1':
      changes.subscriptions.push(event.data);
      return;
    case 'recoup.ledger.payer-assigned.v1':
      changes.accountPayers.push(event.data);
      return;
    case 'recoup.ledger.payer-invoice-issued.v1':
      return;
    case 'recoup.ledger.invoice-issued.v1':
      changes.invoices.push(event.data);
      changes.movements.push(...charges(event.data));
      return;
    case 'recoup.ledger.dispute-recorded.v1':
      changes.disputes.push(event.data);
      return;
    case 'recoup.ledger.payment-received.v1':
      changes.payments.push({
        transaction_id: event.data.transactionId,
        account_id: event.data.accountId,
        effective_date: event.data.effectiveDate,
        amount: event.data.amount,
        sequence,
        payer_type: event.data.payerType ?? 'self',
        payer_code: event.data.payerCode ?? null,
      });
      changes.movements.push(...moved(event.type, event.data));
      return;
    case 'recoup.ledger.payment-returned.v1':
      changes.undone.push({ transaction_id: event.data.returnsTransactionId, account_id: event.data.accountId });
      changes.movements.push(...moved(event.type, event.data));
      return;
    case 'recoup.ledger.transaction-reversed.v1':
      changes.undone.push({ transaction_id: event.data.reversesTransactionId, account_id: event.data.accountId });
      changes.movements.push(...moved(event.type, event.data));
      return;
    case 'recoup.ledger.line-queued.v1':
      changes.queued.push(...event.data.lines.map((line) => ({ ...line, accountId: event.data.accountId })));
      changes.movements.push(...moved(event.type, event.data));
      return;
    case 'recoup.ledger.credit-applied.v1':
    case 'recoup.ledger.adjusted.v1':
    case 'recoup.ledger.balance-recalled.v1':
    case 'recoup.ledger.written-off.v1':
      changes.movements.push(...moved(event.type, event.data));
  }
}
