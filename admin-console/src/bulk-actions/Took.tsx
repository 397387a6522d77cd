import { Box } from '@mui/material';
import { formatDuration } from '../dates/dates.js';
import { useLocale } from '../i18n/useLocale.js';
import type { BulkAction } from './bulkAction.js';

/** How long an action ran; nothing until it has ended. */
export function Took({ action: { startedAt, finishedAt } }: { action: Pick<BulkAction, 'startedAt' | 'finishedAt'> }) {
  const locale = useLocale();
  if (!startedAt || !finishedAt) return null;
  const took = Date.parse(finishedAt) - Date.parse(startedAt);
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      {formatDuration(took, locale)}
    </Box>
  );
}
