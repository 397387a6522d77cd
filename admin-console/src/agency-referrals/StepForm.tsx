import { Box, Button, Stack, Typography } from '@mui/material';
import { useId, type FormEvent, type ReactNode } from 'react';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { Lacking } from '../forms/Lacking.js';
import { useText } from '../i18n/useText.js';
import { FieldProblems } from '../problems/FieldProblems.js';
import type { ReferStep } from './referSteps.js';

interface StepFormProps {
  step: ReferStep;
  ready: boolean;
  /** Why it is not ready, where that is not a field that is empty. */
  lacking?: string | undefined;
  pending: boolean;
  error: unknown;
  /** Of the amounts in it. */
  currency: string;
  onSubmit: () => void;
  /** Back to the choice of the agency, where that can still be changed. */
  onOtherAgency?: () => void;
  children?: ReactNode;
}

/** A step: what it is for, its fields, and the button that books it. */
export function StepForm(props: StepFormProps) {
  const { step, ready, lacking, pending, error, currency, onSubmit, onOtherAgency, children } = props;
  const text = useText();
  const lackingId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Box component="form" noValidate onSubmit={submit} aria-label={text(`referring.steps.${step}`)}>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 2 }}>
        {text(`referring.hints.${step}`)}
      </Typography>
      <FieldProblems error={error} currency={currency}>
        <Stack sx={{ gap: 2, maxWidth: 560 }}>{children}</Stack>
        {error !== null && error !== undefined && (
          <Box sx={{ mx: { xs: -1.5, md: -3 } }}>
            <ErrorPanel error={error} />
          </Box>
        )}
      </FieldProblems>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mt: 2 }}>
        <Button
          type="submit"
          variant="contained"
          loading={pending}
          disabled={!ready}
          aria-describedby={ready ? undefined : lackingId}
        >
          {text(`referring.submit.${step}`)}
        </Button>
        {onOtherAgency && (
          <Button onClick={onOtherAgency} disabled={pending}>
            {text('referring.otherAgency')}
          </Button>
        )}
        <Lacking id={lackingId} shown={!ready && !pending} words={lacking} />
      </Box>
    </Box>
  );
}
