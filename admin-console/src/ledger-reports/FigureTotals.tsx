import { Box, TableCell, TableFooter, TableRow } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { totalsFoot } from '../report/totalsFoot.js';
import type { FigureColumn } from './FiguresTable.js';
import { stuckAt } from './stuck.js';

/** One line of totals a currency, which stays in sight below the rows. */
export function FigureTotals<Row, Total extends { currency: string }>({
  columns,
  totals,
}: {
  columns: readonly FigureColumn<Row, Total>[];
  totals: readonly Total[];
}) {
  const text = useText();
  return (
    <TableFooter sx={totalsFoot({ fontSize: '0.875rem', borderTop: 1, borderTopColor: 'divider' })}>
      {totals.map((total) => (
        <TableRow key={total.currency}>
          <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap', ...stuckAt(columns, 0) }}>
            <Box component="span" sx={{ fontWeight: 650 }}>
              {text('report.total', { currency: total.currency })}
            </Box>
          </TableCell>
          {columns.slice(1).map(({ key, numeric, total: figure }, index) => (
            <TableCell
              key={key}
              align={numeric ? 'right' : 'left'}
              sx={{ whiteSpace: 'nowrap', fontWeight: 650, ...stuckAt(columns, index + 1) }}
            >
              {figure?.(total)}
            </TableCell>
          ))}
        </TableRow>
      ))}
    </TableFooter>
  );
}
