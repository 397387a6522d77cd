import { Box, Typography } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';

/** One large figure with its name; the tone counts only when there is something to count. */
export function CountTile({ label, count, tone }: { label: string; count: number; tone?: string }) {
  const locale = useLocale();
  return (
    <Box sx={{ px: 2, py: 1.5 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {label}
      </Typography>
      <Typography
        sx={{
          fontSize: '1.5rem',
          fontWeight: 650,
          letterSpacing: '-0.02em',
          color: count > 0 && tone ? tone : count === 0 ? 'text.secondary' : 'text.primary',
        }}
      >
        {count.toLocaleString(locale)}
      </Typography>
    </Box>
  );
}
