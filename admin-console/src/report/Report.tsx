import { Box, Card, LinearProgress, useMediaQuery, useTheme } from '@mui/material';
import { useMemo } from 'react';
import { useStore } from 'react-admin';
import { useQueryClient } from '@tanstack/react-query';
import { formatDate } from '../dates/dates.js';
import type { TodayOf } from '../dates/useToday.js';
import { WrongDays } from '../dates/WrongDays.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { SelectionBar } from '../selection/SelectionBar.js';
import { nothingSelected, selectionUnder, type Selection } from '../selection/selection.js';
import { ReportBody } from './ReportBody.js';
import { ReportHeader } from './ReportHeader.js';
import { ReportPager } from './ReportPager.js';
import { ReportToolbar } from './ReportToolbar.js';
import { QuickFilters } from './QuickFilters.js';
import { defaultColumns, reportColumns } from './columns.js';
import { useReportCounts, useReportPage, useReportTotals } from './useReport.js';
import { useReportFilter } from './useReportFilter.js';

const screen = {
  display: 'flex',
  flexDirection: 'column',
  height: { sm: 'calc(100vh - 56px)' },
  minHeight: { sm: 560 },
  px: { xs: 1.5, sm: 2 },
  pt: 1.5,
  pb: 1.5,
  gap: 1,
} as const;
const sheet = {
  display: 'flex',
  flexDirection: 'column',
  flex: 1,
  minHeight: 0,
  position: 'relative',
  overflow: { xs: 'visible', sm: 'hidden' },
} as const;

/** Filters above, rows between, totals and pages below; the rows scroll, the rest stays. */
export function Report({ todayOf }: { todayOf: TodayOf }) {
  const text = useText();
  const locale = useLocale();
  const view = useReportFilter(todayOf);
  const [pageSize, setPageSize] = useStore<number>('report.pageSize', 50);
  const [shown, setShown] = useStore<string[]>('report.columns', [...defaultColumns]);
  const [kept, setSelection] = useStore<Selection>('report.selection', nothingSelected(view.filter.asOf));
  const selection = selectionUnder(kept, view.filter);
  const page = useReportPage(view.filter, view.sort, view.page, pageSize);
  const totals = useReportTotals(view.filter);
  const counts = useReportCounts(view.filter);
  const client = useQueryClient();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const columns = useMemo(() => reportColumns.filter(({ key }, index) => index === 0 || shown.includes(key)), [shown]);
  const sums = totals.data ?? [];
  const currencies = sums.map(({ currency }) => currency);
  const busy = page.isFetching || totals.isFetching;

  return (
    <Box sx={screen}>
      <ReportHeader
        view={view}
        today={view.today}
        freshness={page.data?.freshness}
        busy={busy}
        onRefresh={() => void client.invalidateQueries({ queryKey: ['report'] })}
      />
      <WrongDays wrong={[view.wrongDay]} shown={formatDate(view.filter.asOf, locale)} />
      <Card sx={sheet}>
        <Box sx={{ height: 2, position: 'absolute', insetInline: 0, top: 0, zIndex: 3 }}>
          {busy && <LinearProgress sx={{ height: 2 }} aria-label={text('report.loading')} />}
        </Box>
        <Box sx={{ borderBottom: 1, borderColor: 'divider', px: 1 }}>
          <QuickFilters filter={view.filter} counts={counts.data} onChange={view.setFilter} />
        </Box>
        <ReportToolbar
          view={view}
          counts={counts.data}
          currencies={currencies}
          columns={shown}
          onColumns={setShown}
          selection={selection}
          totals={sums}
        />
        <SelectionBar selection={selection} filter={view.filter} totals={sums} onSelection={setSelection} />
        <PartTrouble query={page} />
        {(page.data || !page.error) && (
          <ReportBody
            view={view}
            page={page.data}
            totals={sums}
            columns={columns}
            selection={selection}
            onSelection={setSelection}
            stale={page.isPlaceholderData}
            narrow={narrow}
          />
        )}
        <ReportPager
          total={page.data?.total}
          page={view.page}
          pageSize={pageSize}
          onPage={view.setPage}
          onPageSize={setPageSize}
        />
      </Card>
    </Box>
  );
}
