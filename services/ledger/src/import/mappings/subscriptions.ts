import { mappingSchema } from '../mapping.js';

/** Our own layout of subscriptions, ISO dates. */
export const subscriptions = mappingSchema.parse({
  name: 'subscriptions',
  kind: 'subscriptions',
  columns: {
    officeCode: 'officeCode',
    accountNumber: 'accountNumber',
    subscriptionNumber: 'subscriptionNumber',
    startedOn: 'startedOn',
    serviceTypeCode: 'serviceTypeCode',
    initialServiceDiscount: 'initialServiceDiscount',
    status: 'status',
  },
  optional: ['serviceTypeCode', 'initialServiceDiscount', 'status'],
});
