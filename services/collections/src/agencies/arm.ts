import type { FileFormat } from '@recoup/file-exchange';

/** The code of the agency that ships with Recoup (AGY-1). */
export const armCode = 'ARM';

/**
 * ARM's file: CSV in UTF-8 with CRLF. `H,ARM,<sequence>,<date>`, then a record D for each account referred, then a record T for
 * each currency: count and sum of the D records in that currency. Amounts have the decimals of the currency beside them.
 */
export const armFileFormat: FileFormat = {
  style: 'csv',
  delimiter: ',',
  lineEnd: '\r\n',
  header: [
    column('Agency', 'agencyCode', 'text'),
    column('File sequence', 'fileSequence', 'number'),
    column('File date', 'fileDate', 'date'),
  ],
  detail: [
    column('Account number', 'accountNumber', 'text'),
    column('Name', 'name', 'text'),
    column('Balance', 'amount', 'amount'),
    column('Currency', 'currency', 'text'),
    column('Oldest due date', 'oldestDueDate', 'date'),
    column('Days past due', 'daysPastDue', 'number'),
    column('Open invoices', 'openInvoices', 'number'),
    column('Office', 'officeCode', 'text'),
  ],
  trailer: [
    column('Count', 'count', 'number'),
    column('Sum', 'amount', 'amount'),
    column('Currency', 'currency', 'text'),
  ],
};

function column(name: string, value: string, type: FileFormat['detail'][number]['type']): FileFormat['detail'][number] {
  return { name, value, type, align: 'left', pad: ' ' };
}
