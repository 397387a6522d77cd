import { Box, Card, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { ScrollArea } from '../layout/ScrollArea.js';
import { useText } from '../i18n/useText.js';
import { useLocale } from '../i18n/useLocale.js';
import { Amount } from '../money/Amount.js';
import { CountTile } from './CountTile.js';
import type { BulkAction, BulkActionTotal } from './bulkAction.js';
import { useReason } from './useReason.js';

const movesMoney = new Set<BulkAction['type']>([
  'write-off',
  'send-to-arm',
  'add-fees',
  'refer',
  'recall',
  'placement-file',
]);

function inOrder(a: BulkActionTotal, b: BulkActionTotal): number {
  return `${a.currency} ${a.officeCode ?? ''}` < `${b.currency} ${b.officeCode ?? ''}` ? -1 : 1;
}

/** Count, totals by currency and office, and who is left out and why (CON-4). */
export function BulkActionSummary({ action }: { action: BulkAction }) {
  const text = useText();
  const locale = useLocale();
  const reason = useReason();
  const { counts, totals } = action;
  const reasons = Object.entries(action.reasons ?? {}).toSorted(([, a], [, b]) => b - a);
  const byOffice = totals.some(({ officeCode }) => officeCode);
  const current = totals.some(({ currentBalance }) => currentBalance !== null && currentBalance !== undefined);
  const money = movesMoney.has(action.type) || totals.some(({ amount }) => amount !== 0);
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: '1fr', lg: reasons.length > 0 ? 'minmax(0, 1fr) 340px' : '1fr' },
      }}
    >
      <Card sx={{ minWidth: 0 }}>
        <Box
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: 'repeat(2, 1fr)', sm: 'repeat(5, 1fr)' },
            borderBottom: totals.length > 0 ? 1 : 0,
            borderColor: 'divider',
          }}
        >
          <CountTile label={text('bulkActions.counts.selected')} count={counts.selected} />
          <CountTile label={text('bulkActions.counts.eligible')} count={counts.eligible} />
          <CountTile label={text('bulkActions.counts.skipped')} count={counts.skipped} />
          <CountTile label={text('bulkActions.counts.done')} count={counts.done} tone="success.main" />
          <CountTile label={text('bulkActions.counts.failed')} count={counts.failed} tone="error.main" />
        </Box>
        {totals.length > 0 && (
          <ScrollArea label={text('bulkActions.totals')}>
            <Table size="small" aria-label={text('bulkActions.totals')}>
              <TableHead>
                <TableRow>
                  <TableCell>{text('bulkActions.currency')}</TableCell>
                  {byOffice && <TableCell>{text('report.columns.officeCode')}</TableCell>}
                  <TableCell align="right">{text('bulkActions.accounts')}</TableCell>
                  <TableCell align="right">{text('bulkActions.asOfBalance')}</TableCell>
                  {current && <TableCell align="right">{text('bulkActions.currentBalance')}</TableCell>}
                  {money && <TableCell align="right">{text('bulkActions.amount')}</TableCell>}
                </TableRow>
              </TableHead>
              <TableBody>
                {totals.toSorted(inOrder).map((total) => (
                  <TableRow key={`${total.currency} ${total.officeCode ?? ''}`}>
                    <TableCell>{total.currency}</TableCell>
                    {byOffice && <TableCell>{total.officeCode}</TableCell>}
                    <TableCell align="right">{total.accounts.toLocaleString(locale)}</TableCell>
                    <TableCell align="right">
                      <Amount amount={total.asOfBalance} currency={total.currency} />
                    </TableCell>
                    {current && (
                      <TableCell align="right">
                        <Amount amount={total.currentBalance} currency={total.currency} />
                      </TableCell>
                    )}
                    {money && (
                      <TableCell align="right">
                        <Amount amount={total.amount} currency={total.currency} strong />
                      </TableCell>
                    )}
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </ScrollArea>
        )}
      </Card>
      {reasons.length > 0 && (
        <Card sx={{ p: 2 }}>
          <Typography variant="h3" component="h2" sx={{ mb: 1 }}>
            {text('bulkActions.leftOut')}
          </Typography>
          {reasons.map(([code, count]) => (
            <Box key={code} sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, py: 0.4 }}>
              <Typography variant="body2">{reason(code)}</Typography>
              <Typography variant="body2" sx={{ fontWeight: 650 }}>
                {count.toLocaleString(locale)}
              </Typography>
            </Box>
          ))}
        </Card>
      )}
    </Box>
  );
}
