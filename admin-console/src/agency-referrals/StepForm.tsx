import { Box, Button, Stack, Typography } from '@mui/material';
import type { FormEvent, ReactNode } from 'react';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import type { ReferStep } from './referSteps.js';

interface StepFormProps {
  step: ReferStep;
  ready: boolean;
  pending: boolean;
  error: unknown;
  onSubmit: () => void;
  children?: ReactNode;
}

/** A step: what it is for, its fields, and the button that books it. */
export function StepForm({ step, ready, pending, error, onSubmit, children }: StepFormProps) {
  const text = useText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Box component="form" onSubmit={submit} aria-label={text(`referring.steps.${step}`)}>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 2 }}>
        {text(`referring.hints.${step}`)}
      </Typography>
      <Stack sx={{ gap: 2, maxWidth: 560 }}>{children}</Stack>
      {error !== null && error !== undefined && (
        <Box sx={{ mx: { xs: -1.5, md: -3 } }}>
          <ErrorPanel error={error} />
        </Box>
      )}
      <Button type="submit" variant="contained" loading={pending} disabled={!ready} sx={{ mt: 2 }}>
        {text(`referring.submit.${step}`)}
      </Button>
    </Box>
  );
}
