import { Link } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router';
import { listUrl } from '../api/listUrl.js';
import { send } from '../api/send.js';
import { ErasedMark } from '../erasures/ErasedMark.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { amountColumn } from '../ledger-reports/amountColumn.js';
import type { FigureColumn } from '../ledger-reports/FiguresTable.js';
import { ReportPart } from '../ledger-reports/ReportPart.js';
import { NameCell } from '../ledger-reports/NameCell.js';
import { useLedgerReport } from '../ledger-reports/useLedgerReport.js';
import type { ReportView } from '../ledger-reports/useReportView.js';
import {
  columnsWithFigures,
  type TrialBalanceKey,
  type TrialBalanceRow,
  type TrialBalanceTotals,
  type TypeColumn,
} from './trialBalance.js';

interface TrialBalanceProps {
  by: TrialBalanceKey;
  filter: { from: string; to: string; idleAccounts?: true };
  view: ReportView;
}

type Column = FigureColumn<TrialBalanceRow, TrialBalanceTotals>;
const figure = amountColumn<TrialBalanceRow, TrialBalanceTotals>;

/** Opening balance, one column a transaction type, closing balance, and credit beside it (LED-5). */
export function TrialBalance({ by, filter, view }: TrialBalanceProps) {
  const text = useText();
  const emptyHint = by === 'account' && !filter.idleAccounts ? 'trialBalance.noneBusyHint' : 'trialBalance.noneHint';
  const report = useLedgerReport<TrialBalanceRow, TrialBalanceTotals>('trial-balance', filter, view);
  const { from, to } = filter;
  const types = useQuery({
    queryKey: ['trial-balance', 'columns', from, to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await send<TypeColumn[]>(listUrl('/api/ledger/trial-balance/columns', { filter: { from, to } }), { signal }))
        .json,
  });
  if (types.error && !types.data) return <PartTrouble query={types} />;
  const shown = columnsWithFigures(types.data ?? [], report.totals ?? [], report.rows ?? []);
  const columns: Column[] = [
    ...keyColumns(by, text),
    figure({ key: 'opening', label: text('trialBalance.opening'), sort: 'opening', amount: ({ opening }) => opening }),
    ...shown.map(({ code, plural }) =>
      figure({ key: code, label: plural, amount: ({ movements }) => movements[code] ?? 0 }),
    ),
    figure({
      key: 'closing',
      label: text('trialBalance.closing'),
      sort: 'closing',
      amount: ({ closing }) => closing,
      main: true,
    }),
    figure({ key: 'credit', label: text('trialBalance.credit'), sort: 'credit', amount: ({ credit }) => credit }),
  ];
  return (
    <ReportPart
      label={text('menu.trialBalance')}
      report={types.data ? report : { ...report, rows: undefined }}
      columns={columns}
      view={view}
      empty={<EmptyState title={text('trialBalance.none')} hint={text(emptyHint)} />}
    />
  );
}

function keyColumns(by: TrialBalanceKey, text: ReturnType<typeof useText>): Column[] {
  const columns: Column[] = [
    { key: 'code', label: text(`trialBalance.codes.${by}`), sort: 'code', cell: (row) => <Code by={by} row={row} /> },
    {
      key: 'name',
      label: text('trialBalance.name'),
      sort: 'name',
      cell: ({ name, code }) =>
        name === null ? by === 'account' && <ErasedMark /> : <NameCell name={name === code ? '' : name} />,
    },
  ];
  if (by === 'account')
    columns.push({
      key: 'office',
      label: text('report.columns.officeCode'),
      sort: 'officeCode',
      named: true,
      cell: ({ officeCode }) => officeCode,
    });
  columns.push({
    key: 'currency',
    label: text('bulkActions.currency'),
    sort: 'currency',
    cell: ({ currency }) => currency,
  });
  return columns;
}

function Code({ by, row }: { by: TrialBalanceKey; row: TrialBalanceRow }) {
  if (by !== 'account') return <strong>{row.code}</strong>;
  return (
    <Link component={RouterLink} to={`/accounts/${row.id}`} sx={{ fontWeight: 600 }}>
      {row.code}
    </Link>
  );
}
