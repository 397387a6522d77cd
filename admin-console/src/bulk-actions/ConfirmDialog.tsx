import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useEffect } from 'react';
import { HttpError, useNotify } from 'react-admin';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import { awaitsConfirmation, type BulkAction } from './bulkAction.js';
import { undoWords } from './steering.js';
import { Name } from '../reference-data/Name.js';
import { useActionWords } from './useActionWords.js';
import type { useSteering } from './useSteering.js';

const conflict = 409;

interface ConfirmDialogProps {
  action: BulkAction;
  steering: ReturnType<typeof useSteering>;
  onClose: () => void;
}

/** Says in words what will be done to how many, and starts exactly the preview that was seen: its hash is confirmed (S6). */
export function ConfirmDialog({ action, steering, onClose }: ConfirmDialogProps) {
  const text = useText();
  const words = useActionWords();
  const notify = useNotify();
  // The stream tells that somebody else confirmed or discarded it: then there is nothing left to ask.
  const over = !awaitsConfirmation(action.status) && steering.isIdle;
  useEffect(() => {
    if (!over) return;
    notify(text('bulkActions.settledElsewhere'), { type: 'info' });
    onClose();
  }, [over, notify, onClose, text]);
  const undo = undoWords(action);
  return (
    <Dialog
      open
      onClose={steering.isPending ? undefined : onClose}
      fullWidth
      maxWidth="xs"
      aria-labelledby="confirm-title"
    >
      <DialogTitle id="confirm-title">{text('bulkActions.confirmTitle')}</DialogTitle>
      <DialogContent>
        <Typography sx={{ fontSize: '1.0625rem', fontWeight: 600, my: 1 }}>
          <Name of={words(action)} width={240} />
        </Typography>
        {action.counts.skipped > 0 && (
          <Typography sx={{ color: 'text.secondary' }}>
            {text('bulkActions.confirmSkipped', { count: action.counts.skipped })}
          </Typography>
        )}
        <Alert severity={undo === 'cannotUndo' ? 'warning' : 'info'} sx={{ mt: 2 }}>
          {text(`bulkActions.${undo}`)}
        </Alert>
        {steering.error && (
          <Box sx={{ mx: -3 }}>
            <ErrorPanel error={steering.error} />
          </Box>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onClose} disabled={steering.isPending}>
          {text('actions.cancel')}
        </Button>
        <Button
          variant="contained"
          autoFocus
          loading={steering.isPending}
          onClick={() =>
            steering.mutate(
              { step: 'confirm', body: action.hash ? { hash: action.hash } : {} },
              { onSuccess: onClose, onError: (error) => isOver(error) && onClose() },
            )
          }
        >
          {text(`bulkActions.start.${action.type}`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Someone confirmed or discarded it meanwhile: there is nothing left to confirm, and the page shows what became of it. */
function isOver(error: Error): boolean {
  return error instanceof HttpError && error.status === conflict;
}
