import { Box } from '@mui/material';

/** A name beside figures: as much of it as leaves them their room, the whole of it on pointing. */
export function NameCell({ name }: { name: string }) {
  return (
    <Box title={name} sx={{ maxWidth: 160, overflow: 'hidden', textOverflow: 'ellipsis' }}>
      {name}
    </Box>
  );
}
