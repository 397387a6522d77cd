import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface FactProps {
  label: ReactNode;
  /** Whether it takes what room is left. */
  wide?: boolean;
  /** Whether on a small screen two of them stand side by side, however long their names are. */
  half?: boolean;
  children: ReactNode;
}

/** One of the figures on top of an account's page, under its name. */
export function Fact({ label, wide = false, half = false, children }: FactProps) {
  return (
    <Box
      sx={{
        px: { xs: 2, sm: 2.5 },
        py: 1.75,
        flex: wide ? '1 1 320px' : '0 1 auto',
        minWidth: 150,
        maxWidth: half ? { xs: '50%', sm: 320 } : 'none',
      }}
    >
      <Typography variant="body2" component="div" sx={{ color: 'text.secondary', mb: 0.5, overflowWrap: 'anywhere' }}>
        {label}
      </Typography>
      {children}
    </Box>
  );
}
