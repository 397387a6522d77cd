import { mappingSchema } from '../mapping.js';

/** Our own layout of payments, ISO dates. */
export const payments = mappingSchema.parse({
  name: 'payments',
  kind: 'payments',
  columns: {
    officeCode: 'officeCode',
    accountNumber: 'accountNumber',
    reference: 'reference',
    paymentDate: 'paymentDate',
    amount: 'amount',
    invoiceNumber: 'invoiceNumber',
    payerCode: 'payerCode',
  },
  optional: ['invoiceNumber', 'payerCode'],
});
