import { Box, Link, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { StatusBadge } from '../bulk-actions/StatusBadge.js';
import { RunControls } from '../bulk-actions/RunControls.js';
import type { Progress } from '../bulk-actions/bulkAction.js';
import { useText } from '../i18n/useText.js';
import { ProgressLine } from './ProgressLine.js';

/** One action in the tray, with its steering. */
export function ProgressEntry({ progress, onOpen }: { progress: Progress; onOpen: () => void }) {
  const text = useText();
  return (
    <Box sx={{ px: 2, py: 1.25, display: 'grid', gap: 0.75, borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Link component={RouterLink} to={`/bulk-actions/${progress.id}`} onClick={onOpen} underline="hover" sx={{ fontWeight: 650 }}>
          {text(`actions.types.${progress.type}`)}
        </Link>
        <Typography variant="caption" noWrap sx={{ color: 'text.secondary', flex: 1 }}>{progress.actor}</Typography>
        <StatusBadge status={progress.status} />
      </Box>
      <ProgressLine progress={progress} />
      <RunControls id={progress.id} type={progress.type} status={progress.status} small />
    </Box>
  );
}
