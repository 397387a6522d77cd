import type { MessageTypeName } from '@recoup/contracts';

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
