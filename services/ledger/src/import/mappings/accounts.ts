import { mappingSchema } from '../mapping.js';

/** Our own layout of accounts: a column for each of our terms. */
export const accounts = mappingSchema.parse({
  name: 'accounts',
  kind: 'accounts',
  columns: {
    officeCode: 'officeCode',
    accountNumber: 'accountNumber',
    name: 'name',
    email: 'email',
    phone: 'phone',
    addressLine: 'addressLine',
    postalCode: 'postalCode',
    country: 'country',
    language: 'language',
    timeZone: 'timeZone',
  },
  optional: ['name', 'email', 'phone', 'addressLine', 'postalCode', 'country', 'language', 'timeZone'],
});
