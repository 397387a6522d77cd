import type { Mapping } from '../mapping.js';
import { accounts } from './accounts.js';
import { latePaymentHistories } from './late-payment-histories.js';
import { payments } from './payments.js';
import { recoup } from './recoup.js';
import { subscriptions } from './subscriptions.js';

/** The mappings that ship. */
export const shippedMappings: readonly Mapping[] = [latePaymentHistories, recoup, accounts, subscriptions, payments];

/** The one that ships under a name. */
export function shippedMapping(name: string): Mapping | undefined {
  return shippedMappings.find((each) => each.name === name);
}
