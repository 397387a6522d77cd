import { TablePagination } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { lastPage } from './useReport.js';

interface ReportPagerProps {
  total: number | undefined;
  /** From 1. */
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  onPageSize: (pageSize: number) => void;
}

const pageSizes = [25, 50, 100, 250];

/** Which rows are shown of how many. */
export function ReportPager({ total, page, pageSize, onPage, onPageSize }: ReportPagerProps) {
  const text = useText();
  const locale = useLocale();
  const last = lastPage(total ?? 0, pageSize);
  const n = (value: number) => value.toLocaleString(locale);
  return (
    <TablePagination
      component="div"
      count={total ?? 0}
      page={Math.min(page, last) - 1}
      rowsPerPage={pageSize}
      rowsPerPageOptions={pageSizes}
      onPageChange={(_, next) => onPage(next + 1)}
      onRowsPerPageChange={({ target }) => {
        onPageSize(Number(target.value));
        onPage(1);
      }}
      showFirstButton
      showLastButton
      labelRowsPerPage={text('pager.rows')}
      labelDisplayedRows={({ from, to, count }) => text('pager.range', { from: n(from), to: n(to), total: n(count) })}
      getItemAriaLabel={(type) => text(`pager.${type}`)}
      sx={{
        mt: 'auto',
        borderTop: 1,
        borderColor: 'divider',
        flexShrink: 0,
        // Until the number is known its place is kept; "0 of 0" would be a wrong answer.
        '& .MuiToolbar-root': { minHeight: 46, visibility: total === undefined ? 'hidden' : 'visible' },
        '& .MuiTablePagination-input': { mr: { xs: 1, sm: 4 } },
        '& .MuiTablePagination-actions': { ml: { xs: 0, sm: 2.5 } },
        '& .MuiIconButton-root': { p: { xs: 0.5, sm: 1 } },
        '& .MuiTablePagination-selectLabel': { display: { xs: 'none', sm: 'block' } },
      }}
    />
  );
}
