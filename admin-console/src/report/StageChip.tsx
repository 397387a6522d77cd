import { Chip, Typography } from '@mui/material';
import type { Stage } from '@recoup/contracts';
import { useText } from '../i18n/useText.js';

const colours = { pending: 'warning', sent: 'info' } as const;

/** The stage of an account in collections (COL-1); what was not set stays quiet. */
export function StageChip({ stage }: { stage: Stage }) {
  const text = useText();
  const label = text(`stages.${stage}`);
  if (stage === 'not-set') {
    return (
      <Typography component="span" variant="body2" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {label}
      </Typography>
    );
  }
  return <Chip size="small" variant="outlined" color={colours[stage]} label={label} />;
}
