import { Box, Card, LinearProgress, Typography } from '@mui/material';
import { Fragment } from 'react';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { usePayers } from '../payers/usePayers.js';
import { Name } from '../reference-data/Name.js';
import type { OutstandingTotals } from './outstanding.js';

/** One card an agency and currency: what it holds, and how much of what it was given came in or came back. */
export function AgencyCards({ totals }: { totals: readonly OutstandingTotals[] }) {
  if (totals.length === 0) return null;
  return (
    <Box
      component="ul"
      sx={{
        listStyle: 'none',
        m: 0,
        mb: 2,
        p: 0,
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: 'repeat(auto-fill, minmax(250px, 1fr))',
      }}
    >
      {totals.map((each) => (
        <AgencyCard key={`${each.payerCode} ${each.currency}`} totals={each} />
      ))}
    </Box>
  );
}

function AgencyCard({ totals }: { totals: OutstandingTotals }) {
  const text = useText();
  const { nameOf } = usePayers();
  const { payerCode, currency, referred, collected, outstanding } = totals;
  const agency = nameOf(payerCode);
  const share = referred === 0 ? 0 : Math.round((collected / referred) * 100);
  return (
    <Card component="li" sx={{ p: 2, display: 'grid', gap: 0.75 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        <Name of={agency} />
      </Typography>
      <Box sx={{ fontSize: '1.375rem', letterSpacing: '-0.02em' }}>
        <Amount amount={outstanding} currency={currency} strong code />
      </Box>
      <LinearProgress
        variant="determinate"
        value={share}
        aria-label={text('outstanding.collectedShare', { agency: agency ?? '', share })}
      />
      <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: '1fr auto', rowGap: 0.25 }}>
        {(['referred', 'collected', 'recalled'] as const).map((figure) => (
          <Fragment key={figure}>
            <Typography component="dt" variant="caption" sx={{ color: 'text.secondary' }}>
              {text(`outstanding.${figure}`)}
            </Typography>
            <Typography component="dd" variant="caption" sx={{ m: 0, textAlign: 'right' }}>
              <Amount amount={totals[figure]} currency={currency} quietZero />
            </Typography>
          </Fragment>
        ))}
      </Box>
    </Card>
  );
}
