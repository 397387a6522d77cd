import { amountColumn, countColumn, textColumn, type TableColumn } from '@recoup/service-kit/downloads/table-file';
import { agingBuckets } from './aging.js';
import type { ReportRow } from './report.query.js';

const bucketHeadings = {
  current: 'Current',
  days1to30: '1-30 days',
  days31to60: '31-60 days',
  days61to90: '61-90 days',
  days91to120: '91-120 days',
  daysOver120: 'Over 120 days',
} as const;

/** The columns of an export, those of the screen (REP-5). */
export const exportColumns: readonly TableColumn<ReportRow>[] = [
  textColumn('Account', (row) => row.accountNumber),
  textColumn('Name', (row) => row.name),
  textColumn('Office', (row) => row.officeCode),
  textColumn('Currency', (row) => row.currency),
  amountColumn('Balance', (row) => row.balance),
  amountColumn('Credit', (row) => row.credit),
  ...agingBuckets.map(({ name }) => amountColumn<ReportRow>(bucketHeadings[name], ({ aging }) => aging[name])),
  countColumn('Days past due', (row) => row.daysPastDue),
  countColumn('Open invoices', (row) => row.openInvoices),
  textColumn('Last payment on', (row) => row.lastPayment?.date ?? null),
  amountColumn('Last payment', (row) => row.lastPayment?.amount),
  textColumn('Account status', (row) => row.accountStatus),
  textColumn('Stage', (row) => row.stage),
  textColumn('Flags', (row) => row.flags.join(' ')),
  textColumn('Agency', (row) => row.agencyCode),
  amountColumn('Fees to apply', (row) => row.feesToApply),
];
