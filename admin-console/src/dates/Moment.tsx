import { Box } from '@mui/material';

/** A day or an instant in words, on one line: half a date is read wrong. */
export function Moment({ at, words }: { at: string; words: string }) {
  return (
    <Box component="time" dateTime={at} sx={{ whiteSpace: 'nowrap' }}>
      {words}
    </Box>
  );
}
