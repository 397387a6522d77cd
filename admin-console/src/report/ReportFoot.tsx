import { Box, TableCell, TableFooter, TableRow } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { ReportColumn } from './columns.js';
import type { ReportTotals } from './reportTypes.js';
import { totalsFoot } from './totalsFoot.js';

interface ReportFootProps {
  totals: readonly ReportTotals[];
  columns: readonly ReportColumn[];
  /** How many columns the name of a line spans. */
  leading: number;
}

/**
 * The totals of everything that matches, always in sight below the columns (REP-2): a compact strip, one line a currency. How
 * old they are is told in figures on demand, by pointing at the bar or choosing the columns of the ages.
 */
export function ReportFoot({ totals, columns, leading }: ReportFootProps) {
  const text = useText();
  return (
    <TableFooter sx={totalsFoot({ fontSize: '0.8125rem', lineHeight: 1.3, py: 0.375 })}>
      {totals.map((each) => (
        <TableRow key={each.currency} sx={{ '&:first-of-type > *': { borderTop: 1, borderColor: 'divider' } }}>
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
