import DonutLargeOutlined from '@mui/icons-material/DonutLargeOutlined';
import { Badge, Box, Button, Divider, IconButton, Popover, Tooltip, Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router';
import { isLive } from '../bulk-actions/bulkAction.js';
import { useText } from '../i18n/useText.js';
import { ProgressEntry } from './ProgressEntry.js';
import { useProgressList } from './ProgressProvider.js';

/** What runs at the moment, from every page and after a reload (CON-5). */
export function ProgressTray() {
  const text = useText();
  const list = useProgressList().filter(({ action }) => action.startedAt !== null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const running = list.filter(({ action }) => isLive(action.status)).length;
  const label = running > 0 ? text('progress.running', { count: running }) : text('progress.title');
  return (
    <>
      <Tooltip title={label}>
        <IconButton aria-label={label} aria-haspopup="dialog" onClick={(event) => setAnchor(event.currentTarget)}>
          <Badge badgeContent={running === 0 ? null : running} color="primary">
            <DonutLargeOutlined
              sx={{
                animation: running > 0 ? 'turn 2.4s linear infinite' : 'none',
                '@keyframes turn': { to: { transform: 'rotate(1turn)' } },
                '@media (prefers-reduced-motion)': { animation: 'none' },
              }}
            />
          </Badge>
        </IconButton>
      </Tooltip>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            sx: { width: 400, maxWidth: 'calc(100vw - 16px)', border: 1, borderColor: 'divider', mt: 0.5 },
            role: 'dialog',
            'aria-label': text('progress.title'),
          },
        }}
      >
        <Typography variant="h3" component="h2" sx={{ px: 2, pt: 1.5, pb: 1 }}>
          {text('progress.title')}
        </Typography>
        <Divider />
        {list.length === 0 ? (
          <Typography variant="body2" sx={{ color: 'text.secondary', p: 2 }}>
            {text('progress.nothing')}
          </Typography>
        ) : (
          <Box sx={{ maxHeight: 420, overflowY: 'auto' }}>
            {list.map((progress) => (
              <ProgressEntry key={progress.action.id} progress={progress} onOpen={() => setAnchor(null)} />
            ))}
          </Box>
        )}
        <Divider />
        <Button component={Link} to="/bulk-actions" fullWidth onClick={() => setAnchor(null)} sx={{ borderRadius: 0 }}>
          {text('progress.all')}
        </Button>
      </Popover>
    </>
  );
}
