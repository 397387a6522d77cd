import { Typography } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { standingOf, type ReferProgress, type ReferStep } from './referSteps.js';

interface StepNoteProps {
  step: ReferStep;
  progress: ReferProgress;
  /** What was typed for the payment, or stands on it. */
  reference: string;
}

/** Below the title of a step that is not being taken: whether it is booked, needed nothing, or waits for another. */
export function StepNote({ step, progress, reference }: StepNoteProps) {
  const text = useText();
  const standing = standingOf(step, progress);
  if (standing === null) return null;
  const under = step === 'payment' && reference !== '' ? text('referring.under', { reference }) : '';
  return (
    <Typography variant="caption" component="div" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {text(`referring.standing.${standing}`)} {under}
    </Typography>
  );
}
