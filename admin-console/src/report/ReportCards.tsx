import { Box, Card, Checkbox, Link, Typography } from '@mui/material';
import { Fragment } from 'react';
import { Link as RouterLink } from 'react-router';
import { AccountName } from '../accounts/AccountName.js';
import { FlagChips } from '../flags/FlagChips.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { isSelected, pickOf, setSelected, type Selection } from '../selection/selection.js';
import { AgingBar } from './AgingBar.js';
import { CurrencyHeading } from './CurrencyHeading.js';
import { StageChip } from './StageChip.js';
import type { ReportRow } from './reportTypes.js';
import type { ReportSort } from './useReportFilter.js';

interface ReportCardsProps {
  rows: readonly ReportRow[];
  sort: ReportSort;
  /** Whether rows stand by currency first. */
  parted: boolean;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  /** Without actions there is nothing to tick rows for. */
  selectable: boolean;
}

/** The report on a small screen: a card an account. */
export function ReportCards({ rows, sort, parted, selection, onSelection, selectable }: ReportCardsProps) {
  return (
    <Box
      component="ul"
      sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1, p: 0, m: 0, listStyle: 'none' }}
    >
      {rows.map((row, index) => (
        <Fragment key={row.id}>
          {parted && row.currency !== rows[index - 1]?.currency && (
            <Typography component="li" variant="body2" sx={{ px: 0.5 }}>
              <CurrencyHeading currency={row.currency} sort={sort} />
            </Typography>
          )}
          <ReportCard row={row} selection={selection} onSelection={onSelection} selectable={selectable} />
        </Fragment>
      ))}
    </Box>
  );
}

type ReportCardProps = Pick<ReportCardsProps, 'selection' | 'onSelection' | 'selectable'> & { row: ReportRow };

function ReportCard({ row, selection, onSelection, selectable }: ReportCardProps) {
  const text = useText();
  return (
    <Card component="li" sx={{ p: 1.25, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 0.75 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
        {selectable && (
          <Checkbox
            size="small"
            sx={{ ml: -0.75 }}
            checked={isSelected(selection, row.id)}
            onChange={(_, selected) => onSelection(setSelected(selection, [pickOf(row)], selected))}
            slotProps={{ input: { 'aria-label': text('selection.one', { account: row.accountNumber }) } }}
          />
        )}
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Link component={RouterLink} to={`/accounts/${row.id}`} underline="hover" sx={{ fontWeight: 650 }}>
            {row.accountNumber}
          </Link>
          <Typography noWrap variant="body2" component="div" sx={{ color: 'text.secondary' }}>
            <AccountName account={row} />
          </Typography>
        </Box>
        <Box sx={{ textAlign: 'right' }}>
          <Amount amount={row.balance} currency={row.currency} strong code />
          <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
            {text('report.daysPastDue', { count: row.daysPastDue })}
          </Typography>
        </Box>
      </Box>
      <AgingBar aging={row.aging} currency={row.currency} height={8} />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, flexWrap: 'wrap' }}>
        <StageChip stage={row.stage} />
        <FlagChips codes={row.flags} />
      </Box>
    </Card>
  );
}
