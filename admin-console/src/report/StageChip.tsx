import { Chip } from '@mui/material';
import type { Stage } from '@recoup/contracts';
import { useText } from '../i18n/useText.js';

const colours = { 'not-set': 'default', pending: 'warning', sent: 'info' } as const;

/** The stage of an account in collections (COL-1). */
export function StageChip({ stage }: { stage: Stage }) {
  const text = useText();
  const color = colours[stage];
  return <Chip size="small" variant="outlined" color={color} label={text(`stages.${stage}`)} />;
}
