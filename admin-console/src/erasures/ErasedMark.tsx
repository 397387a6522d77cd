import { Typography } from '@mui/material';
import { useText } from '../i18n/useText.js';

/** In the place of a name: that the account was erased, so that nobody takes it for one without a name. */
export function ErasedMark() {
  const text = useText();
  return (
    <Typography
      component="span"
      title={text('erasures.markHint')}
      sx={{ color: 'text.secondary', font: 'inherit', fontStyle: 'italic', whiteSpace: 'nowrap' }}
    >
      {text('erasures.mark')}
    </Typography>
  );
}
