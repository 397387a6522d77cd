import { Box, TableCell, TableFooter, TableRow } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { ReportColumn } from './columns.js';
import type { ReportTotals } from './reportTypes.js';

interface ReportFootProps {
  totals: readonly ReportTotals[];
  columns: readonly ReportColumn[];
  /** How many columns the name of a line spans. */
  leading: number;
}

/** The totals of everything that matches, one line a currency, always in sight below the columns (REP-2). */
export function ReportFoot({ totals, columns, leading }: ReportFootProps) {
  const text = useText();
  return (
    <TableFooter
      sx={{
        position: 'sticky',
        bottom: 0,
        zIndex: 2,
        '& .MuiTableCell-root': {
          bgcolor: (theme) => theme.palette.tokens.raised,
          color: 'text.primary',
          fontSize: '0.875rem',
          py: 0.75,
          borderBottom: 'none',
          borderTop: 1,
          borderTopColor: 'divider',
        },
      }}
    >
      {totals.map((each) => (
        <TableRow key={each.currency}>
          <TableCell colSpan={leading} component="th" scope="row" sx={{ whiteSpace: 'nowrap' }}>
            <Box component="span" sx={{ fontWeight: 650 }}>
              {text('report.total', { currency: each.currency })}
            </Box>{' '}
            <Box component="span" sx={{ color: 'text.secondary', ml: 0.75 }}>
              {text('report.accounts', { count: each.accounts })}
            </Box>
          </TableCell>
          {columns.slice(1).map((column) => (
            <TableCell key={column.key} align={column.numeric ? 'right' : 'left'} sx={{ whiteSpace: 'nowrap' }}>
              {column.total?.(each)}
            </TableCell>
          ))}
        </TableRow>
      ))}
    </TableFooter>
  );
}
