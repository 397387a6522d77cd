import { Box, Typography } from '@mui/material';
import { Link } from 'react-router';
import { useText } from '../i18n/useText.js';

/** Sign and name; leads to the report. */
export function Brand() {
  const text = useText();
  return (
    <Box
      component={Link}
      to="/report"
      sx={{ display: 'flex', alignItems: 'center', gap: 1.1, textDecoration: 'none', color: 'text.primary' }}
    >
      <Box component="img" src="/icon.svg" alt="" sx={{ width: 28, height: 28 }} />
      <Typography sx={{ fontWeight: 700, fontSize: '1.0625rem', letterSpacing: '-0.02em' }}>
        {text('shell.product')}
      </Typography>
    </Box>
  );
}
