import { mappingSchema } from '../mapping.js';

const countries = ['391', '406', '770', '818', '897'];

/**
 * "Finance Factoring – IBM Late Payment Histories": one row an invoice, its settlement and whether it was disputed.
 * The country is the office, the customer's id is the account's number and name; amounts are USD.
 */
export const latePaymentHistories = mappingSchema.parse({
  name: 'late-payment-histories',
  offices: countries.map((code) => ({ code, name: `Country ${code}`, currency: 'USD', timeZone: 'UTC' })),
  columns: {
    officeCode: 'countryCode',
    accountNumber: 'customerID',
    name: 'customerID',
    invoiceNumber: 'invoiceNumber',
    invoiceDate: 'InvoiceDate',
    dueDate: 'DueDate',
    amount: 'InvoiceAmount',
    settledDate: 'SettledDate',
    disputed: 'Disputed',
    daysToSettle: 'DaysToSettle',
    daysLate: 'DaysLate',
  },
  optional: ['daysToSettle', 'daysLate'],
  dates: 'M/D/YYYY',
  disputed: { yes: ['Yes'], no: ['No'] },
});
