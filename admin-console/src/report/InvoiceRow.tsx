import { Box, Chip, Skeleton, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { Day } from '../dates/Day.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { ScrollArea } from '../layout/ScrollArea.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import type { ReportRow } from './reportTypes.js';
import { useReportInvoices } from './useReport.js';

/** An account's invoices with balance and total as of the report's date (REP-3). */
export function InvoiceRow({ row, asOf, span }: { row: ReportRow; asOf: string; span: number }) {
  return (
    <TableRow>
      <TableCell colSpan={span} sx={{ p: 0 }}>
        <Box sx={{ pl: { xs: 1, md: 9 }, pr: 2, pb: 2 }}>
          <Invoices row={row} asOf={asOf} />
        </Box>
      </TableCell>
    </TableRow>
  );
}

export function Invoices({ row, asOf }: { row: Pick<ReportRow, 'id' | 'accountNumber'>; asOf: string }) {
  const text = useText();
  const query = useReportInvoices(row.id, asOf);
  const { data } = query;
  if (!data) return <PartTrouble query={query} waiting={<Skeleton variant="rounded" height={72} />} />;
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden', maxWidth: 900 }}>
      <ScrollArea label={text('report.invoicesOf', { account: row.accountNumber })}>
        <Table size="small" aria-label={text('report.invoicesOf', { account: row.accountNumber })}>
          <TableHead>
            <TableRow>
              <TableCell>{text('invoices.number')}</TableCell>
              <TableCell>{text('invoices.invoiceDate')}</TableCell>
              <TableCell>{text('invoices.dueDate')}</TableCell>
              <TableCell align="right">{text('invoices.daysPastDue')}</TableCell>
              <TableCell align="right">{text('invoices.total')}</TableCell>
              <TableCell align="right">{text('invoices.balance')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {data.map((invoice) => (
              <TableRow key={invoice.id}>
                <TableCell sx={{ whiteSpace: 'nowrap' }}>
                  {invoice.number}{' '}
                  {invoice.disputed && (
                    <Chip
                      size="small"
                      color="warning"
                      variant="outlined"
                      label={text('invoices.disputed')}
                      sx={{ ml: 1 }}
                    />
                  )}
                </TableCell>
                <TableCell>
                  <Day date={invoice.invoiceDate} />
                </TableCell>
                <TableCell>
                  <Day date={invoice.dueDate} />
                </TableCell>
                <TableCell align="right">{invoice.daysPastDue}</TableCell>
                <TableCell align="right">
                  <Amount amount={invoice.total} currency={invoice.currency} />
                </TableCell>
                <TableCell align="right">
                  <Amount amount={invoice.balance} currency={invoice.currency} strong code />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollArea>
    </Box>
  );
}
