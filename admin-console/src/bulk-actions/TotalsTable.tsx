import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { ScrollArea } from '../layout/ScrollArea.js';
import { useText } from '../i18n/useText.js';
import { useLocale } from '../i18n/useLocale.js';
import { Amount } from '../money/Amount.js';
import type { BulkActionTotal, EffectHeading } from './bulkAction.js';

interface TotalsTableProps {
  label: string;
  totals: readonly BulkActionTotal[];
  /** Whether the action moves money, and so has an amount. */
  money: boolean;
  /** What was done with the amount, once it was: the balance is then that of the moment. */
  done?: EffectHeading | undefined;
}

/** What a bulk action adds up to, one line a currency, or one a currency and office. */
export function TotalsTable({ label, totals, money, done }: TotalsTableProps) {
  const text = useText();
  const locale = useLocale();
  const byOffice = totals.some(({ officeCode }) => officeCode !== undefined);
  return (
    <ScrollArea label={label}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell>{text('bulkActions.currency')}</TableCell>
            {byOffice && <TableCell>{text('report.columns.officeCode')}</TableCell>}
            <TableCell align="right">{text(done ? 'bulkActions.counts.done' : 'bulkActions.accounts')}</TableCell>
            <TableCell align="right">{text('bulkActions.asOfBalance')}</TableCell>
            <TableCell align="right">{text(done ? 'bulkActions.balanceThen' : 'bulkActions.currentBalance')}</TableCell>
            {money && <TableCell align="right">{text(done ?? 'bulkActions.amount')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {totals.map((total) => (
            <TableRow key={`${total.currency} ${total.officeCode ?? ''}`}>
              <TableCell>{total.currency}</TableCell>
              {byOffice && <TableCell>{total.officeCode}</TableCell>}
              <TableCell align="right">{total.accounts.toLocaleString(locale)}</TableCell>
              <TableCell align="right">
                <Amount amount={total.asOfBalance} currency={total.currency} />
              </TableCell>
              <TableCell align="right">
                <Amount amount={total.currentBalance} currency={total.currency} />
              </TableCell>
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
  );
}
