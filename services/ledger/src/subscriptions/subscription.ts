import type { SubscriptionStatus } from '@recoup/contracts';
import { defineRecords, sql, type RawBuilder } from '@recoup/service-kit';
import type { AccountEvent } from '../accounts/account-events.js';

/** A subscription as it is shown (LED-21); the discount in minor units of the account's currency. */
export interface SubscriptionView {
  readonly id: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly number: string;
  readonly serviceTypeCode: string;
  readonly status: SubscriptionStatus;
  readonly startedOn: string;
  readonly initialServiceDiscount: number;
  readonly currency: string;
  readonly version: number;
}

export const subscriptionColumns: RawBuilder<unknown> = sql`s.id, s.account_id AS "accountId", a.number AS "accountNumber", o.code AS "officeCode",
  s.number, s.service_type_code AS "serviceTypeCode", s.status, s.started_on AS "startedOn",
  s.initial_service_discount AS "initialServiceDiscount", s.currency, s.version`;
export const subscriptionFrom: RawBuilder<unknown> = sql`subscriptions s JOIN accounts a ON a.id = s.account_id JOIN offices o ON o.id = s.office_id`;

export const subscriptions = defineRecords<SubscriptionView>({
  name: 'subscriptions',
  entity: 'subscription',
  columns: subscriptionColumns,
  from: subscriptionFrom,
  id: sql`s.id`,
  office: sql`o.code`,
});

/** The event that tells how a subscription stands now. */
export function subscriptionEvent(subscription: SubscriptionView): AccountEvent {
  const { id, accountId, number, serviceTypeCode, status, startedOn, initialServiceDiscount, currency } = subscription;
  const data = {
    accountId,
    subscriptionId: id,
    number,
    serviceTypeCode,
    status,
    startedOn,
    initialServiceDiscount,
    currency,
  };
  return { type: 'recoup.ledger.subscription-changed.v1', data };
}
