import { Box, Card, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useText } from '../i18n/useText.js';
import { useLocale } from '../i18n/useLocale.js';
import { CountTile } from './CountTile.js';
import { TotalsTable } from './TotalsTable.js';
import { effectOf, isFinished, type BulkAction } from './bulkAction.js';
import { useReason } from './useReason.js';

const movesMoney = new Set<BulkAction['type']>([
  'write-off',
  'send-to-arm',
  'add-fees',
  'refer',
  'recall',
  'placement-file',
]);

/**
 * Count, totals by currency and office, and who is left out and why (CON-4). Once it has ended, the totals are those of what
 * was done, and those of the preview stand below.
 */
export function BulkActionSummary({ action }: { action: BulkAction }) {
  const text = useText();
  const locale = useLocale();
  const reason = useReason();
  const { counts, totals, officeTotals, previewedTotals } = action;
  const finished = isFinished(action.status);
  const reasons = Object.entries(action.reasons).toSorted(([, a], [, b]) => b - a);
  // Where each currency is that of one office, the lines by office say all that those by currency do.
  const officeLines = officeTotals.length > totals.length ? 'beside' : officeTotals.length > 1 ? 'instead' : 'none';
  const money = movesMoney.has(action.type) || previewedTotals.some(({ amount }) => amount !== 0);
  const done = finished ? effectOf(action) : undefined;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        alignItems: 'start',
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
          <TotalsTable
            label={text(officeLines === 'instead' ? 'bulkActions.officeTotals' : 'bulkActions.totals')}
            totals={officeLines === 'instead' ? officeTotals : totals}
            money={money}
            done={done}
          />
        )}
        {officeLines === 'beside' && (
          <Section title={text('bulkActions.officeTotals')}>
            <TotalsTable label={text('bulkActions.officeTotals')} totals={officeTotals} money={money} done={done} />
          </Section>
        )}
        {finished && previewedTotals.length > 0 && (
          <Section title={text('bulkActions.previewedTotals')}>
            <TotalsTable label={text('bulkActions.previewedTotals')} totals={previewedTotals} money={money} />
          </Section>
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

/** Totals below others, under a title of their own. */
function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', pt: 1.5 }}>
      <Typography variant="h3" component="h2" sx={{ px: 1.25, pb: 1 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}
