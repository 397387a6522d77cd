import { Box, Typography } from '@mui/material';
import { useEffect, type ReactNode } from 'react';
import { useText } from '../i18n/useText.js';

interface PageHeaderProps {
  title: string;
  /** What stands beside the title: a status. */
  beside?: ReactNode;
  /** A line below: what one looks at. */
  below?: ReactNode;
  actions?: ReactNode;
  /** Without room below, on a page that fills the window. */
  dense?: boolean;
  /** The window's title when the heading holds a name, which must not stay in a browser's history. */
  windowTitle?: string;
}

/** The heading of a page, and the window's title with it. */
export function PageHeader({ title, beside, below, actions, dense = false, windowTitle }: PageHeaderProps) {
  const text = useText();
  const shown = windowTitle ?? title;
  useEffect(() => {
    document.title = text('shell.windowTitle', { page: shown });
  }, [shown, text]);
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 1.5, mb: dense ? 0 : { xs: 1.5, md: 2 } }}
    >
      <Box sx={{ flex: '1 1 300px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1.25 }}>
          <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
            {title}
          </Typography>
          {beside}
        </Box>
        {below && (
          <Typography component="div" variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
            {below}
          </Typography>
        )}
      </Box>
      {actions && <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>{actions}</Box>}
    </Box>
  );
}
