import { mappingSchema } from '../mapping.js';

/** Our own layout: a column for each of our terms, ISO dates, three offices in three currencies. */
export const recoup = mappingSchema.parse({
  name: 'recoup',
  offices: [
    { code: 'NYC', name: 'New York', currency: 'USD', timeZone: 'America/New_York', locale: 'en-US' },
    { code: 'MAD', name: 'Madrid', currency: 'EUR', timeZone: 'Europe/Madrid', locale: 'es-ES' },
    { code: 'TYO', name: 'Tokyo', currency: 'JPY', timeZone: 'Asia/Tokyo', locale: 'ja-JP' },
  ],
  columns: {
    officeCode: 'officeCode',
    accountNumber: 'accountNumber',
    name: 'name',
    invoiceNumber: 'invoiceNumber',
    invoiceDate: 'invoiceDate',
    dueDate: 'dueDate',
    amount: 'amount',
    settledDate: 'settledDate',
    disputed: 'disputed',
    email: 'email',
    phone: 'phone',
    addressLine: 'addressLine',
    postalCode: 'postalCode',
    country: 'country',
    language: 'language',
    timeZone: 'timeZone',
  },
  optional: [
    'name',
    'settledDate',
    'disputed',
    'email',
    'phone',
    'addressLine',
    'postalCode',
    'country',
    'language',
    'timeZone',
  ],
});
