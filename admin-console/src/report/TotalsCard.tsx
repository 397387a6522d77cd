import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, ButtonBase, Card } from '@mui/material';
import { useState } from 'react';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { AgingBar, AgingLegend } from './AgingBar.js';
import { agingParts } from './aging.js';
import type { ReportTotals } from './reportTypes.js';

/** The totals of everything that matches, where there is no table to stand below: a line a currency, its age on demand. */
export function TotalsCard({ totals }: { totals: readonly ReportTotals[] }) {
  const text = useText();
  return (
    <Card component="section" aria-label={text('report.totals')} sx={{ px: 1.25, py: 0.5 }}>
      {totals.map((each) => (
        <TotalsLine key={each.currency} totals={each} />
      ))}
    </Card>
  );
}

function TotalsLine({ totals: { currency, accounts, balance, aging } }: { totals: ReportTotals }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <ButtonBase
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        sx={{ width: '100%', minHeight: 32, justifyContent: 'space-between', gap: 1, fontSize: '0.875rem' }}
      >
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {text('report.accounts', { count: accounts })}
        </Box>
        <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center' }}>
          <Amount amount={balance} currency={currency} strong code />
          <ExpandMore fontSize="small" sx={{ ml: 0.5, transform: open ? 'rotate(180deg)' : 'none' }} />
        </Box>
      </ButtonBase>
      {open && (
        <Box sx={{ pb: 1, display: 'grid', gap: 0.75, fontSize: '0.8125rem' }}>
          <AgingBar aging={aging} currency={currency} height={8} />
          <AgingLegend parts={agingParts(aging)} currency={currency} />
        </Box>
      )}
    </>
  );
}
