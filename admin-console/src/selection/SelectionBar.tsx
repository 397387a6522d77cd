import { Box, Button } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { moneyInWords } from '../money/money.js';
import type { ReportFilter } from '../report/reportFilter.js';
import type { ReportTotals } from '../report/reportTypes.js';
import { allMatching, nothingSelected, selectionSize, type Selection } from './selection.js';

interface SelectionBarProps {
  selection: Selection;
  filter: ReportFilter;
  totals: readonly ReportTotals[];
  onSelection: (selection: Selection) => void;
}

/** How many accounts and how much is selected, and the step to all that match (CON-3). */
export function SelectionBar({ selection, filter, totals, onSelection }: SelectionBarProps) {
  const text = useText();
  const locale = useLocale();
  const { accounts, amounts } = selectionSize(selection, totals);
  const matching = totals.reduce((sum, each) => sum + each.accounts, 0);
  const nothing = selection.kind === 'accounts' && accounts === 0;
  const without = selection.kind === 'matching' ? selection.excluded.length : 0;
  return (
    <Box aria-live="polite" sx={{ flexShrink: 0 }}>
      {!nothing && (
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            columnGap: 1.5,
            px: 2,
            py: 0.75,
            bgcolor: (theme) => theme.palette.tokens.accentSoft,
            borderBlock: 1,
            borderColor: 'divider',
            fontSize: '0.9375rem',
          }}
        >
          <Box component="strong" sx={{ fontWeight: 650 }}>
            {selection.kind === 'matching'
              ? text('selection.allMatching', { count: accounts })
              : text('selection.ticked', { count: accounts })}
          </Box>
          <span>{moneyInWords(amounts, locale)}</span>
          {without > 0 && (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {text('selection.without', { count: without })}
            </Box>
          )}
          {selection.kind === 'accounts' && accounts < matching && (
            <Button size="small" onClick={() => onSelection(allMatching(filter))}>
              {text('selection.selectAll', { count: matching })}
            </Button>
          )}
          <Button size="small" onClick={() => onSelection(nothingSelected(filter.asOf))}>
            {text('selection.clear')}
          </Button>
        </Box>
      )}
    </Box>
  );
}
