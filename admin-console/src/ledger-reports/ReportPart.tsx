import { useMediaQuery, useTheme } from '@mui/material';
import type { ReactNode } from 'react';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { ReportPager } from '../report/ReportPager.js';
import { FigureCards } from './FigureCards.js';
import { FiguresTable, type FigureColumn } from './FiguresTable.js';
import type { useLedgerReport } from './useLedgerReport.js';
import type { ReportView } from './useReportView.js';

interface ReportPartProps<Row, Total> {
  label: string;
  report: ReturnType<typeof useLedgerReport<Row, Total>>;
  columns: readonly FigureColumn<Row, Total>[];
  view: ReportView;
  empty: ReactNode;
}

/** A report's table, on a small screen its cards, with its pager; or why there is none. */
export function ReportPart<Row extends Total & { id: string }, Total extends { currency: string }>(
  props: ReportPartProps<Row, Total>,
) {
  const { label, report, columns, view, empty } = props;
  const { rows, total, totals, asked, stale } = report;
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const trouble = <PartTrouble query={asked} />;
  if (asked.error && !rows) return trouble;
  if (rows?.length === 0 && view.page === 1)
    return (
      <>
        {trouble}
        {empty}
      </>
    );
  return (
    <>
      {trouble}
      {narrow ? (
        <FigureCards label={label} columns={columns} rows={rows} totals={totals} stale={stale} />
      ) : (
        <FiguresTable label={label} columns={columns} rows={rows} totals={totals} view={view} stale={stale} />
      )}
      <ReportPager
        total={total}
        page={view.page}
        pageSize={view.pageSize}
        onPage={view.setPage}
        onPageSize={view.setPageSize}
      />
    </>
  );
}
