import { Box, Link, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { StatusBadge } from '../bulk-actions/StatusBadge.js';
import { RunControls } from '../bulk-actions/RunControls.js';
import { useActionTitle } from '../bulk-actions/useActionTitle.js';
import { ProgressLine } from './ProgressLine.js';
import type { Progress } from './progressList.js';

/** One action in the tray, with its steering. */
export function ProgressEntry({ progress, onOpen }: { progress: Progress; onOpen: () => void }) {
  const title = useActionTitle();
  const { action, rate } = progress;
  return (
    <Box
      sx={{
        px: 2,
        py: 1.25,
        display: 'grid',
        gap: 0.75,
        borderBottom: 1,
        borderColor: 'divider',
        '&:last-of-type': { borderBottom: 0 },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Link
          component={RouterLink}
          to={`/bulk-actions/${action.id}`}
          onClick={onOpen}
          underline="hover"
          sx={{ fontWeight: 650 }}
        >
          {title(action)}
        </Link>
        <Typography variant="caption" noWrap sx={{ color: 'text.secondary', flex: 1 }}>
          {action.actor}
        </Typography>
        <StatusBadge status={action.status} />
      </Box>
      <ProgressLine action={action} rate={rate} />
      <RunControls id={action.id} type={action.type} status={action.status} undoneType={action.undoes?.type} small />
    </Box>
  );
}
