import { Skeleton } from '@mui/material';

/** A name or a sentence with one; while that is not known, its place. */
export function Name({ of, width = 88 }: { of: string | undefined; width?: number }) {
  if (of !== undefined) return <>{of}</>;
  return <Skeleton component="span" width={width} sx={{ display: 'inline-block', maxWidth: '100%' }} />;
}
