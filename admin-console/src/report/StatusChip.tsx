import { Chip, Typography } from '@mui/material';
import type { AccountStatus } from '@recoup/contracts';
import { useText } from '../i18n/useText.js';

/** Active is the rule and stays quiet; what keeps an account from being worked stands out. */
export function StatusChip({ status }: { status: AccountStatus }) {
  const text = useText();
  const label = text(`accountStatuses.${status}`);
  if (status === 'active') {
    return (
      <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>
        {label}
      </Typography>
    );
  }
  return <Chip size="small" color={status === 'frozen' ? 'info' : 'default'} label={label} />;
}
