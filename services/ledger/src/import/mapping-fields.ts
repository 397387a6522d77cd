/** Contact data of an account: never kept in clear, also not where it is refused (S16, S28). */
export const contactFields = [
  'name',
  'email',
  'phone',
  'addressLine',
  'postalCode',
  'country',
  'language',
  'timeZone',
] as const;

/**
 * What a row of each kind of file tells (LED-60): fields that need a column, and fields that may have one. `daysToSettle`
 * and `daysLate` are derived figures that are only checked.
 */
export const mappingFields = {
  invoices: {
    required: ['officeCode', 'accountNumber', 'invoiceNumber', 'invoiceDate', 'dueDate', 'amount'],
    further: [...contactFields, 'settledDate', 'disputed', 'daysToSettle', 'daysLate'],
  },
  accounts: {
    required: ['officeCode', 'accountNumber'],
    further: contactFields,
  },
  subscriptions: {
    required: ['officeCode', 'accountNumber', 'subscriptionNumber', 'startedOn'],
    further: ['serviceTypeCode', 'initialServiceDiscount', 'status'],
  },
  payments: {
    required: ['officeCode', 'accountNumber', 'reference', 'paymentDate', 'amount'],
    further: ['invoiceNumber', 'payerCode'],
  },
} as const;

export type MappingKind = keyof typeof mappingFields;
export type MappingField = (typeof mappingFields)[MappingKind]['required' | 'further'][number];

/** The kinds of files; the first is the one of a mapping that names none. */
export const mappingKinds = ['invoices', 'accounts', 'subscriptions', 'payments'] as const satisfies MappingKind[];
