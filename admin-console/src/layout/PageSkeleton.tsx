import { Box, Skeleton } from '@mui/material';

/** What stands while the console asks who is there. */
export function PageSkeleton() {
  return (
    <Box sx={{ p: 3, display: 'grid', gap: 2 }} aria-busy="true">
      <Skeleton variant="rounded" height={40} />
      <Skeleton variant="rounded" height={90} />
      <Skeleton variant="rounded" height={420} />
    </Box>
  );
}
