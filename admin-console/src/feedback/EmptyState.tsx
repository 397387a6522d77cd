import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** As the heading of a page that has no other. */
  heading?: boolean;
  hint?: string;
  action?: ReactNode;
}

/** Where a list would be: why there is nothing, and what can be done. */
export function EmptyState({ icon, title, heading = false, hint, action }: EmptyStateProps) {
  return (
    <Box sx={{ py: 7, px: 3, textAlign: 'center', display: 'grid', gap: 1, justifyItems: 'center' }}>
      {icon && <Box sx={{ color: 'text.secondary', '& svg': { fontSize: 40 } }}>{icon}</Box>}
      <Typography variant="h2" component={heading ? 'h1' : 'p'}>
        {title}
      </Typography>
      {hint && (
        <Typography variant="body2" sx={{ color: 'text.secondary', maxWidth: 460 }}>
          {hint}
        </Typography>
      )}
      {action && <Box sx={{ mt: 1 }}>{action}</Box>}
    </Box>
  );
}
