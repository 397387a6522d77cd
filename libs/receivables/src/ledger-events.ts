import type { MessageData, MessageTypeName, Movement, CreditMovement } from '@recoup/contracts';
import type { ReceivedMessage } from '@recoup/service-kit';

/** Types of the ledger's account events, in one list so that one handler takes them all as one run. */
export const accountEventTypes = [
  'recoup.ledger.account-opened.v1',
  'recoup.ledger.account-changed.v1',
  'recoup.ledger.account-erased.v1',
  'recoup.ledger.subscription-changed.v1',
  'recoup.ledger.payer-assigned.v1',
  'recoup.ledger.invoice-issued.v1',
  'recoup.ledger.payment-received.v1',
  'recoup.ledger.credit-applied.v1',
  'recoup.ledger.written-off.v1',
  'recoup.ledger.adjusted.v1',
  'recoup.ledger.line-queued.v1',
  'recoup.ledger.payer-invoice-issued.v1',
  'recoup.ledger.balance-recalled.v1',
  'recoup.ledger.payment-returned.v1',
  'recoup.ledger.transaction-reversed.v1',
  'recoup.ledger.dispute-recorded.v1',
] as const satisfies readonly MessageTypeName[];
export type AccountEventType = (typeof accountEventTypes)[number];

/** A row of the movements table: what a bill line or the credit changed by, signed, from a day on. */
export interface MovementRow {
  readonly account_id: string;
  readonly invoice_id: string | null;
  readonly bill_line_id: string | null;
  readonly transaction_id: string | null;
  readonly type: string;
  readonly effective_date: string;
  readonly amount: number;
  readonly credit_amount: number;
}

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

function charges({
  accountId,
  invoiceId,
  invoiceDate,
  lines,
}: MessageData<'recoup.ledger.invoice-issued.v1'>): MovementRow[] {
  return lines.map(({ billLineId, amount }) => ({
    account_id: accountId,
    invoice_id: invoiceId,
    bill_line_id: billLineId,
    transaction_id: null,
    type: 'invoice-issued',
    effective_date: invoiceDate,
    amount,
    credit_amount: 0,
  }));
}

interface Booking {
  readonly accountId: string;
  readonly transactionId: string;
  readonly movements: readonly Movement[];
  readonly creditMovements: readonly CreditMovement[];
}

function moved(
  type: AccountEventType,
  { accountId, transactionId, movements, creditMovements }: Booking,
): MovementRow[] {
  const name = type.slice('recoup.ledger.'.length, -'.v1'.length);
  const common = { account_id: accountId, transaction_id: transactionId, type: name };
  return [
    ...movements.map(({ invoiceId, billLineId, amount, effectiveDate }) => ({
      ...common,
      invoice_id: invoiceId,
      bill_line_id: billLineId,
      effective_date: effectiveDate,
      amount,
      credit_amount: 0,
    })),
    ...creditMovements.map(({ amount, effectiveDate }) => ({
      ...common,
      invoice_id: null,
      bill_line_id: null,
      effective_date: effectiveDate,
      amount: 0,
      credit_amount: amount,
    })),
  ];
}

/** An account that a run touched, and the earliest day from which on its figures may differ from before. */
export interface TouchedAccount {
  readonly accountId: string;
  readonly earliestEffectiveDate: string;
}

/** Which accounts a run touched, once each. A dispute touches from the day it was opened. */
export function touchedAccounts(changes: LedgerChanges): TouchedAccount[] {
  const earliest = new Map<string, string>();
  const touch = (accountId: string, date: string): void => {
    const known = earliest.get(accountId);
    if (known === undefined || date < known) earliest.set(accountId, date);
  };
  for (const { account_id, effective_date } of changes.movements) touch(account_id, effective_date);
  for (const { accountId, openedOn } of changes.disputes) touch(accountId, openedOn);
  return [...earliest].map(([accountId, earliestEffectiveDate]) => ({ accountId, earliestEffectiveDate }));
}
