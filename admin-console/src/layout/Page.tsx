import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** The room of a page; `narrow` for what is read rather than scanned. */
export function Page({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return (
    <Box sx={{ px: { xs: 1.5, sm: 2.5, lg: 3 }, py: { xs: 2, md: 2.5 }, maxWidth: narrow ? 1180 : 'none', mx: 'auto' }}>
      {children}
    </Box>
  );
}
