import { Box, Link, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router';
import { AccountName } from '../accounts/AccountName.js';
import { Day } from '../dates/Day.js';
import { FlagChips } from '../flags/FlagChips.js';
import { Amount } from '../money/Amount.js';
import { AgingBar } from './AgingBar.js';
import { DaysPastDue } from './DaysPastDue.js';
import { StageChip } from './StageChip.js';
import { StatusChip } from './StatusChip.js';
import { buckets, type ReportRow, type ReportTotals } from './reportTypes.js';

export interface ReportColumn {
  /** Names the column, its text, and the service's sort. */
  key: string;
  sort?: string;
  numeric?: boolean;
  minWidth?: number;
  cell: (row: ReportRow) => ReactNode;
  /** The figure of the whole selection, in one currency. */
  total?: (totals: ReportTotals) => ReactNode;
  /** Whether the figure is of the report's date; else it is as things are now (REP-1). */
  asOf?: boolean;
  hidden?: boolean;
}

function AccountCell({ row }: { row: ReportRow }) {
  return (
    <Box sx={{ maxWidth: 128, lineHeight: 1.25 }}>
      <Link component={RouterLink} to={`/accounts/${row.id}`} underline="hover" sx={{ fontWeight: 650 }}>
        {row.accountNumber}
      </Link>
      <Typography
        noWrap
        variant="caption"
        component="div"
        sx={{ color: 'text.secondary', lineHeight: 1.3 }}
        title={row.name ?? undefined}
      >
        <AccountName account={row} />
      </Typography>
    </Box>
  );
}

function LastPayment({ row }: { row: ReportRow }) {
  if (!row.lastPayment) return null;
  return (
    <Box sx={{ lineHeight: 1.25 }}>
      <Amount amount={row.lastPayment.amount} currency={row.currency} />
      <Typography
        variant="caption"
        component="div"
        sx={{ color: 'text.secondary', whiteSpace: 'nowrap', lineHeight: 1.3 }}
      >
        <Day date={row.lastPayment.date} />
      </Typography>
    </Box>
  );
}

/** The first flag and the number of the others: more would push the columns behind out of sight. */
function OneFlag({ codes }: { codes: readonly string[] }) {
  return (
    <Box sx={{ '& .MuiChip-root': { maxWidth: 104 } }}>
      <FlagChips codes={codes} shownMax={1} />
    </Box>
  );
}

function balanceWithCode({ balance, currency }: Pick<ReportRow, 'balance' | 'currency'>): ReactNode {
  return (
    <>
      <Amount amount={balance} currency={currency} strong />{' '}
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.75rem', ml: 0.25 }}>
        {currency}
      </Box>
    </>
  );
}

/** The report's columns in order; the hidden ones are a choice away (CON-2). */
export const reportColumns: readonly ReportColumn[] = [
  { key: 'accountNumber', sort: 'accountNumber', minWidth: 118, cell: (row) => <AccountCell row={row} /> },
  { key: 'name', sort: 'name', hidden: true, cell: (row) => <AccountName account={row} /> },
  { key: 'officeCode', sort: 'officeCode', cell: (row) => row.officeCode },
  {
    key: 'balance',
    sort: 'balance',
    numeric: true,
    asOf: true,
    minWidth: 122,
    cell: balanceWithCode,
    total: balanceWithCode,
  },
  {
    key: 'aging',
    asOf: true,
    minWidth: 84,
    cell: (row) => <AgingBar aging={row.aging} currency={row.currency} />,
    total: ({ aging, currency }) => <AgingBar aging={aging} currency={currency} />,
  },
  {
    key: 'daysPastDue',
    sort: 'daysPastDue',
    numeric: true,
    asOf: true,
    minWidth: 80,
    cell: (row) => <DaysPastDue days={row.daysPastDue} />,
  },
  { key: 'openInvoices', sort: 'openInvoices', numeric: true, asOf: true, cell: (row) => row.openInvoices },
  {
    key: 'credit',
    sort: 'credit',
    numeric: true,
    asOf: true,
    hidden: true,
    cell: (row) => <Amount amount={row.credit} currency={row.currency} quietZero />,
    total: ({ credit, currency }) => <Amount amount={credit} currency={currency} quietZero />,
  },
  ...buckets.map((bucket): ReportColumn => ({
    key: bucket,
    sort: bucket,
    numeric: true,
    asOf: true,
    hidden: true,
    cell: (row) => <Amount amount={row.aging[bucket]} currency={row.currency} quietZero />,
    total: ({ aging, currency }) => <Amount amount={aging[bucket]} currency={currency} quietZero />,
  })),
  { key: 'lastPayment', sort: 'lastPayment', numeric: true, cell: (row) => <LastPayment row={row} /> },
  { key: 'stage', sort: 'stage', cell: (row) => <StageChip stage={row.stage} /> },
  { key: 'flags', sort: 'flags', cell: (row) => <OneFlag codes={row.flags} /> },
  { key: 'accountStatus', sort: 'accountStatus', cell: (row) => <StatusChip status={row.accountStatus} /> },
  { key: 'agencyCode', sort: 'agencyCode', cell: (row) => row.agencyCode },
  {
    key: 'feesToApply',
    sort: 'feesToApply',
    numeric: true,
    hidden: true,
    cell: (row) => <Amount amount={row.feesToApply} currency={row.currency} />,
    total: ({ feesToApply, currency }) => <Amount amount={feesToApply} currency={currency} />,
  },
];

/** Whether a sort is of an amount: rows then stand by currency first, as the service says, for amounts of two don't compare. */
export function partsCurrencies(sort: string, currencies: number): boolean {
  return currencies > 1 && reportColumns.some((column) => column.sort === sort && column.total !== undefined);
}

export const defaultColumns: readonly string[] = reportColumns.filter(({ hidden }) => !hidden).map(({ key }) => key);
