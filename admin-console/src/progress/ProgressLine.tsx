import { Box, LinearProgress, Typography } from '@mui/material';
import { isFinished, progressOf, timeLeft, type BulkAction } from '../bulk-actions/bulkAction.js';
import { formatDuration } from '../dates/dates.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';

/** Done, failed, skipped, the rate and the time left (CON-5). */
export function ProgressLine({
  action,
  rate,
}: {
  action: Pick<BulkAction, 'counts' | 'status'>;
  rate: number | undefined;
}) {
  const text = useText();
  const locale = useLocale();
  const { counts, status } = action;
  const { settled, all, share } = progressOf(counts);
  const left = status === 'running' ? timeLeft(counts, rate) : undefined;
  const n = (value: number) => value.toLocaleString(locale);
  const words = [
    text('progress.settled', { settled: n(settled), all: n(all) }),
    ...(counts.failed > 0 ? [text('progress.failed', { count: counts.failed })] : []),
    ...(counts.skipped > 0 ? [text('progress.skipped', { count: counts.skipped })] : []),
    ...(status === 'running' && rate ? [text('progress.rate', { rate: n(Math.round(rate)) })] : []),
    ...(left === undefined ? [] : [text('progress.left', { time: formatDuration(left, locale) })]),
  ];
  return (
    <Box>
      <LinearProgress
        variant="determinate"
        value={share * 100}
        color={counts.failed > 0 ? 'warning' : isFinished(status) ? 'success' : 'primary'}
        aria-label={text('progress.title')}
      />
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary', mt: 0.5 }}>
        {words.join(' · ')}
      </Typography>
    </Box>
  );
}
