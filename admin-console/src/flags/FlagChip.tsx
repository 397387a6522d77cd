import { Box, Chip } from '@mui/material';
import type { ReactNode } from 'react';

interface FlagChipProps {
  name: ReactNode;
  colour?: string | null | undefined;
  onDelete?: (() => void) | undefined;
}

/** A flag by its name; the colour is a dot beside it, so that the text keeps its contrast. */
export function FlagChip({ name, colour, onDelete }: FlagChipProps) {
  return (
    <Chip
      size="small"
      variant="outlined"
      label={name}
      onDelete={onDelete}
      icon={
        <Box
          component="span"
          sx={{
            width: 9,
            height: 9,
            flexShrink: 0,
            borderRadius: '50%',
            bgcolor: colour ?? 'text.secondary',
            ml: '8px !important',
          }}
        />
      }
      sx={{ borderColor: 'divider', maxWidth: 150 }}
    />
  );
}
