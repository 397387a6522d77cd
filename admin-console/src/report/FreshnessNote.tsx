import SyncOutlined from '@mui/icons-material/SyncOutlined';
import { Box, IconButton, Tooltip } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import type { Freshness } from './useReport.js';

interface FreshnessNoteProps {
  freshness: Freshness | undefined;
  busy: boolean;
  onRefresh: () => void;
}

/** How current the figures are, and a way to ask again. */
export function FreshnessNote({ freshness, busy, onRefresh }: FreshnessNoteProps) {
  const text = useText();
  const locale = useLocale();
  if (!freshness) return null;
  const at = freshness.currentAsOf ? new Date(freshness.currentAsOf) : undefined;
  const time = at?.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const behind = freshness.eventsBehind > 0;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        color: behind ? 'warning.main' : 'text.secondary',
        fontSize: '0.8125rem',
        whiteSpace: 'nowrap',
      }}
    >
      {time && text('report.currentAt', { time })}
      {behind && ` · ${text('report.eventsBehind', { count: freshness.eventsBehind })}`}
      <Tooltip title={text('report.refresh')}>
        <IconButton
          size="small"
          onClick={onRefresh}
          aria-label={text('report.refresh')}
          disabled={busy}
          sx={{ ml: 0.5 }}
        >
          <SyncOutlined fontSize="small" />
        </IconButton>
      </Tooltip>
    </Box>
  );
}
