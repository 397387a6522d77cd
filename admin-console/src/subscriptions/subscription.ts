import type { SubscriptionStatus } from '@recoup/contracts';

/** An account's recurring service (LED-21); the discount in minor units. */
export interface Subscription {
  id: string;
  accountId: string;
  number: string;
  serviceTypeCode: string;
  status: SubscriptionStatus;
  startedOn: string;
  initialServiceDiscount: number;
  currency: string;
  version: number;
}

/** A freeze of an account with its active subscriptions; it remembers what was before (LED-52). */
export interface Freeze {
  id: string;
  accountId: string;
  cancellationReasonCode: string;
  notes: string | null;
  actor: string;
  frozenAt: string;
  rolledBackAt: string | null;
}

/** What a roll-back answers: the subscriptions that were changed in between stay as they are. */
export interface RolledBackFreeze extends Freeze {
  leftAlone: { number: string }[];
}
