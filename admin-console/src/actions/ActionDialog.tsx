import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Typography,
  useMediaQuery,
  useTheme,
} from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { send } from '../api/send.js';
import type { BulkAction } from '../bulk-actions/bulkAction.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { moneyInWords, type Money } from '../money/money.js';
import { selectionBody, type Selection } from '../selection/selection.js';
import { ParametersForm } from './ParametersForm.js';
import { initialParameters, isComplete } from './actionParameters.js';
import type { ReportAction } from './actionTypes.js';

interface ActionDialogProps {
  type: ReportAction;
  selection: Selection;
  size: { accounts: number; amounts: Money[] };
  onClose: () => void;
}

/** Asks what an action needs to know and makes its preview; nothing is changed before that is confirmed. */
export function ActionDialog({ type, selection, size, onClose }: ActionDialogProps) {
  const text = useText();
  const locale = useLocale();
  const navigate = useNavigate();
  const small = useMediaQuery(useTheme().breakpoints.down('sm'));
  const [parameters, setParameters] = useState(() => initialParameters(type));
  // One dialog is one intention: pressed twice, or sent again after a cut connection, it stays one preview.
  const [attempt, setAttempt] = useState(() => crypto.randomUUID());
  const preview = useMutation({
    mutationFn: () =>
      send<BulkAction>('/api/collections/bulk-actions', {
        method: 'POST',
        body: { type, selection: selectionBody(selection), parameters: parameters.values },
        idempotencyKey: attempt,
      }),
    onSuccess: ({ json }) => navigate(`/bulk-actions/${json.id}`),
  });
  const complete = isComplete(parameters);
  const noteId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    preview.mutate();
  };
  return (
    <Dialog
      open
      onClose={preview.isPending ? undefined : onClose}
      fullWidth
      maxWidth="sm"
      fullScreen={small}
      aria-labelledby="action-title"
    >
      <form onSubmit={submit}>
        <DialogTitle id="action-title">{text(`actions.types.${type}`)}</DialogTitle>
        <DialogContent>
          <Typography sx={{ color: 'text.secondary', mb: 2 }}>
            {text('actions.scope', { count: size.accounts, amounts: moneyInWords(size.amounts, locale) })}
          </Typography>
          <ParametersForm
            parameters={parameters}
            onChange={(next) => {
              setParameters(next);
              setAttempt(crypto.randomUUID());
            }}
          />
          {preview.error && (
            <Box sx={{ mx: -3 }}>
              <ErrorPanel error={preview.error} />
            </Box>
          )}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5, justifyContent: 'space-between' }}>
          <Typography id={noteId} variant="caption" sx={{ color: 'text.secondary' }}>
            {complete ? text('actions.nothingYet') : text(`actions.incomplete.${type}`)}
          </Typography>
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button onClick={onClose} disabled={preview.isPending}>
              {text('actions.cancel')}
            </Button>
            <Button
              type="submit"
              variant="contained"
              loading={preview.isPending}
              disabled={!complete}
              aria-describedby={noteId}
            >
              {text('actions.preview')}
            </Button>
          </Box>
        </DialogActions>
      </form>
    </Dialog>
  );
}
