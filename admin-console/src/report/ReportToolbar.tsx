import { Box } from '@mui/material';
import { ActionsMenu } from '../actions/ActionsMenu.js';
import type { Selection } from '../selection/selection.js';
import { ColumnPicker } from './ColumnPicker.js';
import { FilterButton } from './FilterButton.js';
import { FilterChips } from './FilterChips.js';
import { ReportSearch } from './ReportSearch.js';
import { StageFilter } from './StageFilter.js';
import type { ReportCounts, ReportTotals } from './reportTypes.js';
import type { ReportView } from './useReportFilter.js';

interface ReportToolbarProps {
  view: ReportView;
  counts: ReportCounts | undefined;
  currencies: readonly string[];
  columns: readonly string[];
  onColumns: (columns: string[]) => void;
  selection: Selection;
  totals: readonly ReportTotals[];
}

/** Search, stages, filters, columns, and the actions on what is selected. */
export function ReportToolbar({ view, counts, currencies, columns, onColumns, selection, totals }: ReportToolbarProps) {
  return (
    <Box sx={{ display: 'grid', gap: 0.75, px: 1.5, py: 0.875 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.25, alignItems: 'center' }}>
        <ReportSearch q={view.filter.q ?? ''} onChange={(q) => view.setFilter({ q })} />
        <StageFilter stage={view.filter.stage} counts={counts} onChange={(stage) => view.setFilter({ stage })} />
        <FilterButton filter={view.filter} currencies={currencies} onApply={view.replaceFilter} />
        <Box sx={{ ml: 'auto', display: 'flex', gap: 0.5, alignItems: 'center' }}>
          <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
            <ColumnPicker shown={columns} onChange={onColumns} />
          </Box>
          <ActionsMenu selection={selection} filter={view.filter} sort={view.sort} totals={totals} />
        </Box>
      </Box>
      <FilterChips filter={view.filter} currencies={currencies} onChange={view.setFilter} onClear={view.clearFilter} />
    </Box>
  );
}
