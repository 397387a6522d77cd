import { Box, Tooltip, useTheme } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { agingParts, type AgingPart } from './aging.js';
import { buckets, type Aging } from './reportTypes.js';

interface AgingBarProps {
  aging: Aging;
  currency: string;
  height?: number;
}

/** A balance by age as one stacked bar; the tooltip and the text for screen readers say the figures. */
export function AgingBar({ aging, currency, height = 12 }: AgingBarProps) {
  const text = useText();
  const locale = useLocale();
  const colours = useTheme().palette.tokens.aging;
  const parts = agingParts(aging);
  const words = parts.map((part) => inWords(part)).join(' · ');

  function inWords({ bucket, amount }: AgingPart): string {
    return `${text(`buckets.${bucket}`)}: ${formatMoney({ amount, currency }, locale)}`;
  }

  return (
    <Tooltip title={<AgingLegend parts={parts} currency={currency} />} enterDelay={250}>
      <Box
        role="img"
        aria-label={text('report.agingLabel', { parts: words })}
        sx={{ display: 'flex', gap: '1.5px', height, minWidth: 72, borderRadius: 0.75, overflow: 'hidden' }}
      >
        {parts.map(({ bucket, share }) => (
          <Box key={bucket} sx={{ flex: `${share} 1 0`, minWidth: 3, bgcolor: colours[buckets.indexOf(bucket)] }} />
        ))}
      </Box>
    </Tooltip>
  );
}

/** The figures of the bar: age and amount, by colour. */
export function AgingLegend({ parts, currency }: { parts: AgingPart[]; currency: string }) {
  const text = useText();
  const locale = useLocale();
  const colours = useTheme().palette.tokens.aging;
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto 1fr auto',
        columnGap: 1.25,
        rowGap: 0.25,
        alignItems: 'center',
      }}
    >
      {parts.map(({ bucket, amount }) => (
        <Box key={bucket} sx={{ display: 'contents' }}>
          <Box sx={{ width: 9, height: 9, borderRadius: 0.5, bgcolor: colours[buckets.indexOf(bucket)] }} />
          <span>{text(`buckets.${bucket}`)}</span>
          <Box component="span" sx={{ textAlign: 'right' }}>
            {formatMoney({ amount, currency }, locale)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
