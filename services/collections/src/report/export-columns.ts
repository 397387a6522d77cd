import { formatAmount } from '@recoup/contracts';
import { agingBuckets } from './aging.js';
import type { ReportRow } from './report.query.js';

/** A column of an export: its heading, and what a row shows there. An amount is a decimal number of the row's currency. */
export interface ExportColumn {
  readonly heading: string;
  readonly kind: 'text' | 'amount' | 'count';
  value(row: ReportRow): string;
}

const bucketHeadings = {
  current: 'Current',
  days1to30: '1-30 days',
  days31to60: '31-60 days',
  days61to90: '61-90 days',
  days91to120: '91-120 days',
  daysOver120: 'Over 120 days',
} as const;

function text(heading: string, value: (row: ReportRow) => string | null): ExportColumn {
  return { heading, kind: 'text', value: (row) => value(row) ?? '' };
}

function amount(heading: string, value: (row: ReportRow) => number | null | undefined): ExportColumn {
  const shown = (row: ReportRow): string => {
    const minor = value(row);
    return minor === null || minor === undefined ? '' : formatAmount(minor, row.currency);
  };
  return { heading, kind: 'amount', value: shown };
}

function count(heading: string, value: (row: ReportRow) => number): ExportColumn {
  return { heading, kind: 'count', value: (row) => String(value(row)) };
}

/** The columns of an export, those of the screen (REP-5). */
export const exportColumns: readonly ExportColumn[] = [
  text('Account', (row) => row.accountNumber),
  text('Name', (row) => row.name),
  text('Office', (row) => row.officeCode),
  text('Currency', (row) => row.currency),
  amount('Balance', (row) => row.balance),
  amount('Credit', (row) => row.credit),
  ...agingBuckets.map(({ name }) => amount(bucketHeadings[name], (row) => row.aging[name])),
  count('Days past due', (row) => row.daysPastDue),
  count('Open invoices', (row) => row.openInvoices),
  text('Last payment on', (row) => row.lastPayment?.date ?? null),
  amount('Last payment', (row) => row.lastPayment?.amount),
  text('Account status', (row) => row.accountStatus),
  text('Stage', (row) => row.stage),
  text('Flags', (row) => row.flags.join(' ')),
  text('Agency', (row) => row.agencyCode),
  amount('Fees to apply', (row) => row.feesToApply),
];
