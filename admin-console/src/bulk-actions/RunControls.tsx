import { Box, Button } from '@mui/material';
import { useMay, useMayPreview } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import type { BulkAction, BulkActionStatus } from './bulkAction.js';
import { maySteer } from './steering.js';
import { useSteering } from './useSteering.js';

interface RunControlsProps {
  id: string;
  type: BulkAction['type'];
  status: BulkActionStatus;
  /** Of an undo the type that it undoes, once that is known. */
  undoneType?: BulkAction['type'] | undefined;
  small?: boolean;
}

/** Pause, resume and cancel of what runs; for those who may start it. */
export function RunControls({ id, type, status, undoneType, small = false }: RunControlsProps) {
  const text = useText();
  const mayRun = useMay()('bulk-actions', 'run');
  const mayPreview = useMayPreview();
  const steering = useSteering(id);
  if (!mayRun || !maySteer(type, undoneType, mayPreview) || (status !== 'running' && status !== 'paused')) return null;
  const size = small ? 'small' : 'medium';
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {status === 'running' ? (
        <Button size={size} variant="outlined" onClick={() => steering.mutate({ step: 'pause' })}>
          {text('bulkActions.pause')}
        </Button>
      ) : (
        <Button size={size} variant="outlined" onClick={() => steering.mutate({ step: 'resume' })}>
          {text('bulkActions.resume')}
        </Button>
      )}
      <Button size={size} color="error" onClick={() => steering.mutate({ step: 'cancel' })}>
        {text('bulkActions.cancel')}
      </Button>
    </Box>
  );
}
