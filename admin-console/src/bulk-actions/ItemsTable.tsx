import { Chip, Link, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { AccountName } from '../accounts/AccountName.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { BeforeAfter } from './BeforeAfter.js';
import { amountNow, effectOf, type BulkAction, type BulkActionItem, type ItemStatus } from './bulkAction.js';
import { useReason } from './useReason.js';

const colours: Record<ItemStatus, 'default' | 'success' | 'warning' | 'error'> = {
  pending: 'default',
  done: 'success',
  skipped: 'warning',
  failed: 'error',
};

/** Whether it holds what a person sees change; of money the amounts tell. */
function isState(value: Record<string, unknown> | null | undefined): boolean {
  return value !== null && value !== undefined && ('stage' in value || 'flags' in value);
}

interface ItemsTableProps {
  action: BulkAction;
  items: readonly BulkActionItem[];
  finished: boolean;
}

/** One line an account: before, after, today's amount beside the date's, status and reason. */
export function ItemsTable({ action, items, finished }: ItemsTableProps) {
  const text = useText();
  const reason = useReason();
  const hasState =
    items.some(({ before, after }) => isState(before) || isState(after)) && action.type !== 'send-to-arm';
  const hasMoney = items.some(({ amount, previewedAmount }) => (amount ?? 0) !== 0 || (previewedAmount ?? 0) !== 0);
  return (
    <Table size="small" sx={{ minWidth: 720 }} aria-label={text('bulkActions.results')}>
      <TableHead>
        <TableRow>
          <TableCell>{text('report.columns.accountNumber')}</TableCell>
          <TableCell>{text('report.columns.officeCode')}</TableCell>
          <TableCell align="right">{text('bulkActions.asOfBalance')}</TableCell>
          {hasState && <TableCell>{text('bulkActions.change')}</TableCell>}
          {hasMoney && <TableCell align="right">{text('bulkActions.previewed')}</TableCell>}
          {hasMoney && <TableCell align="right">{text(finished ? effectOf(action) : 'bulkActions.today')}</TableCell>}
          <TableCell>{text('bulkActions.result')}</TableCell>
          <TableCell>{text('bulkActions.reason')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {items.map((item) => (
          <TableRow key={item.id} hover>
            <TableCell>
              <Link
                component={RouterLink}
                to={`/accounts/${item.accountId}`}
                underline="hover"
                sx={{ fontWeight: 650, whiteSpace: 'nowrap' }}
              >
                {item.accountNumber}
              </Link>{' '}
              <Typography variant="caption" component="span" sx={{ color: 'text.secondary', ml: 0.75 }}>
                <AccountName account={{ ...item, id: item.accountId }} />
              </Typography>
            </TableCell>
            <TableCell>{item.officeCode}</TableCell>
            <TableCell align="right">
              <Amount amount={item.asOfBalance} currency={item.currency} code={!hasMoney} />
            </TableCell>
            {hasState && (
              <TableCell>
                <BeforeAfter before={item.before} after={item.after} />
              </TableCell>
            )}
            {hasMoney && (
              <TableCell align="right">
                <Amount amount={item.previewedAmount ?? item.amount} currency={item.currency} />
              </TableCell>
            )}
            {hasMoney && (
              <TableCell align="right">
                <Amount amount={amountNow(item, finished)} currency={item.currency} strong code />
              </TableCell>
            )}
            <TableCell>
              <Chip
                size="small"
                variant="outlined"
                color={colours[item.status]}
                label={text(`bulkActions.itemStatuses.${item.status}`)}
              />
            </TableCell>
            <TableCell sx={{ color: 'text.secondary' }}>{reason(item.reason)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
