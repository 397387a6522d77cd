import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  Typography,
  useMediaQuery,
  useTheme,
} from '@mui/material';
import { useId, type FormEvent, type ReactNode } from 'react';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import { FieldProblems } from '../problems/FieldProblems.js';
import { Lacking } from './Lacking.js';

interface FormDialogProps {
  title: string;
  /** What the form is about, or what it will do. */
  intro?: ReactNode;
  submit: string;
  pending: boolean;
  /** Whether enough is filled in to be sent. */
  ready?: boolean;
  /** Why it is not ready; what all forms say unless told, nothing where the intro says it. */
  lacking?: string;
  /** What to know before it is sent. */
  note?: string;
  /** What it does can't be taken back. */
  danger?: boolean;
  error: unknown;
  /** Of the amounts in it. */
  currency?: string;
  maxWidth?: 'xs' | 'sm' | 'md';
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** A form in a window of its own; on a small screen it takes all of it. What the service refuses stands below the fields. */
export function FormDialog(props: FormDialogProps) {
  const { title, intro, submit, pending, ready = true, danger = false, error, maxWidth = 'xs' } = props;
  const { lacking, note, currency, onSubmit, onClose, children } = props;
  const text = useText();
  const titleId = useId();
  const lackingId = useId();
  const small = useMediaQuery(useTheme().breakpoints.down('sm'));
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog
      open
      onClose={pending ? undefined : onClose}
      fullWidth
      maxWidth={maxWidth}
      fullScreen={small}
      aria-labelledby={titleId}
    >
      <Box
        component="form"
        // What is wrong with a field stands at it, in our words; the browser's own bubble would say it in another way.
        noValidate
        onSubmit={send}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1 }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          {intro && (
            <Typography component="div" sx={{ color: 'text.secondary', mb: 1.5 }}>
              {intro}
            </Typography>
          )}
          <FieldProblems error={error} currency={currency}>
            <Stack sx={{ gap: 2, pt: 1 }}>{children}</Stack>
            {error !== null && error !== undefined && (
              <Box sx={{ mx: -3 }}>
                <ErrorPanel error={error} />
              </Box>
            )}
          </FieldProblems>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5, flexWrap: 'wrap', rowGap: 1 }}>
          <Lacking id={lackingId} shown={!ready && !pending} words={lacking} otherwise={note} />
          <Button onClick={onClose} disabled={pending}>
            {text('actions.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={danger ? 'error' : 'primary'}
            loading={pending}
            disabled={!ready}
            aria-describedby={ready && note === undefined ? undefined : lackingId}
          >
            {submit}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
