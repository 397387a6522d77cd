import { Box, Card, Typography } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { AgingBar } from './AgingBar.js';
import type { ReportTotals } from './reportTypes.js';

/** The totals of everything that matches, where there is no table to stand below. */
export function TotalsCard({ totals }: { totals: readonly ReportTotals[] }) {
  const text = useText();
  return (
    <Card sx={{ p: 1.25, display: 'grid', gap: 1 }}>
      {totals.map(({ currency, accounts, balance, aging }) => (
        <Box key={currency} sx={{ display: 'grid', gap: 0.5 }}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {text('report.accounts', { count: accounts })}
            </Typography>
            <Amount amount={balance} currency={currency} strong code />
          </Box>
          <AgingBar aging={aging} currency={currency} height={8} />
        </Box>
      ))}
    </Card>
  );
}
