import InboxOutlined from '@mui/icons-material/InboxOutlined';
import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import { Box, Button, Skeleton } from '@mui/material';
import { Link } from 'react-router';
import { reportActions } from '../actions/actionTypes.js';
import { useMay, useMayPreview } from '../api/identity.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import type { Selection } from '../selection/selection.js';
import { ReportCards } from './ReportCards.js';
import { ReportTable } from './ReportTable.js';
import { TotalsCard } from './TotalsCard.js';
import { partsCurrencies, type ReportColumn } from './columns.js';
import { activeKeys } from './reportFilter.js';
import type { ReportRow, ReportTotals } from './reportTypes.js';
import type { ReportView } from './useReportFilter.js';

interface ReportBodyProps {
  view: ReportView;
  page: { rows: ReportRow[]; total: number } | undefined;
  totals: readonly ReportTotals[];
  columns: readonly ReportColumn[];
  selection: Selection;
  onSelection: (selection: Selection) => void;
  stale: boolean;
  narrow: boolean;
}

/** The rows as table or cards; or why there are none. */
export function ReportBody({ view, page, totals, columns, selection, onSelection, stale, narrow }: ReportBodyProps) {
  const mayPreview = useMayPreview();
  const selectable = reportActions.some((type) => mayPreview(type));
  if (!page) return <Waiting />;
  if (page.total === 0) return <Nothing view={view} />;
  if (narrow) {
    return (
      <Box sx={{ px: 1, pb: 1, display: 'grid', gap: 1 }}>
        <TotalsCard totals={totals} />
        <ReportCards
          rows={page.rows}
          sort={view.sort}
          parted={partsCurrencies(view.sort.field, totals.length)}
          selection={selection}
          onSelection={onSelection}
          selectable={selectable}
        />
      </Box>
    );
  }
  return (
    <ReportTable
      rows={page.rows}
      totals={totals}
      columns={columns}
      asOf={view.filter.asOf}
      sort={view.sort}
      onSort={view.setSort}
      selection={selection}
      onSelection={onSelection}
      stale={stale}
      selectable={selectable}
    />
  );
}

const waitingRows = Array.from({ length: 12 }, (_, index) => index);

function Waiting() {
  return (
    <Box sx={{ p: 1.5, display: 'grid', gap: 1, flex: 1, alignContent: 'start' }} aria-busy="true">
      {waitingRows.map((row) => (
        <Skeleton key={row} variant="rounded" height={40} />
      ))}
    </Box>
  );
}

/** Nothing yet is another thing than nothing that matches. */
function Nothing({ view }: { view: ReportView }) {
  const text = useText();
  const may = useMay();
  if (activeKeys(view.filter).length > 0) {
    return (
      <EmptyState
        icon={<SearchOffOutlined />}
        title={text('report.noMatch')}
        hint={text('report.noMatchHint')}
        action={
          <Button variant="outlined" onClick={view.clearFilter}>
            {text('report.clearFilters')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<InboxOutlined />}
      title={text('report.nothing')}
      hint={text('report.nothingHint')}
      action={
        may('imports', 'create') && (
          <Button component={Link} to="/imports" variant="contained">
            {text('report.toImport')}
          </Button>
        )
      }
    />
  );
}
