import { Box, TableCell, TableRow } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { ReportSort } from './useReportFilter.js';

interface CurrencyHeadingProps {
  currency: string;
  sort: ReportSort;
}

/** Above the rows of a currency, where rows are sorted by an amount: that they are compared with each other only. */
export function CurrencyHeading({ currency, sort }: CurrencyHeadingProps) {
  const text = useText();
  return (
    <>
      <Box component="span" sx={{ fontWeight: 650, color: 'text.primary' }}>
        {currency}
      </Box>{' '}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {text(`report.within.${sort.order}`, { column: text(`report.columns.${sort.field}`) })}
      </Box>
    </>
  );
}

/** The heading as a row of the table. */
export function CurrencyRow({ span, ...heading }: CurrencyHeadingProps & { span: number }) {
  return (
    <TableRow>
      <TableCell
        component="th"
        scope="rowgroup"
        colSpan={span}
        sx={{ py: 0.375, fontSize: '0.8125rem', fontWeight: 400, bgcolor: (theme) => theme.palette.tokens.raised }}
      >
        <CurrencyHeading {...heading} />
      </TableCell>
    </TableRow>
  );
}
