import { Box, type BoxProps } from '@mui/material';

/** A wide table on a narrow screen scrolls sideways by itself, and with the keyboard too. */
export function ScrollArea({ label, ...rest }: { label: string } & Omit<BoxProps, 'sx'>) {
  return <Box component="section" aria-label={label} tabIndex={0} {...rest} sx={{ overflowX: 'auto' }} />;
}
