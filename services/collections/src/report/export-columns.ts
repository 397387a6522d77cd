import {
  amountColumn,
  codeColumn,
  countColumn,
  textColumn,
  type TableColumn,
} from '@recoup/service-kit/downloads/table-file';
import { agingBuckets } from './aging.js';
import type { ExportedRow } from './report.query.js';

const bucketHeadings = {
  current: 'Current',
  days1to30: '1-30 days',
  days31to60: '31-60 days',
  days61to90: '61-90 days',
  days91to120: '91-120 days',
  daysOver120: 'Over 120 days',
} as const;

const stageWords: Readonly<Record<string, string>> = { 'not-set': 'Not Set', pending: 'Pending', sent: 'Sent' };
const statusWords: Readonly<Record<string, string>> = { active: 'Active', frozen: 'Frozen', closed: 'Closed' };

/** The columns of an export, those of the screen (REP-5); what it shows in words a CSV has as a code, a workbook in its words. */
export const exportColumns: readonly TableColumn<ExportedRow>[] = [
  textColumn('Account', (row) => row.accountNumber),
  textColumn('Name', (row) => row.name),
  textColumn('Office', (row) => row.officeCode),
  textColumn('Currency', (row) => row.currency),
  amountColumn('Balance', (row) => row.balance),
  amountColumn('Credit', (row) => row.credit),
  ...agingBuckets.map(({ name }) => amountColumn<ExportedRow>(bucketHeadings[name], ({ aging }) => aging[name])),
  countColumn('Days past due', (row) => row.daysPastDue),
  countColumn('Open invoices', (row) => row.openInvoices),
  textColumn('Last payment on', (row) => row.lastPayment?.date ?? null),
  amountColumn('Last payment', (row) => row.lastPayment?.amount),
  codeColumn(
    'Account status',
    (row) => row.accountStatus,
    (row) => statusWords[row.accountStatus] ?? row.accountStatus,
  ),
  codeColumn(
    'Stage',
    (row) => row.stage,
    (row) => stageWords[row.stage] ?? row.stage,
  ),
  codeColumn(
    'Flags',
    (row) => row.flags.join(' '),
    ({ flags, flagNames = flags }) => flagNames.join(', '),
  ),
  textColumn('Agency', (row) => row.agencyCode),
  amountColumn('Fees to apply', (row) => row.feesToApply),
];
