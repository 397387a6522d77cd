import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Button } from '@mui/material';
import type { BulkActionPermission } from '@recoup/service-kit/identity/permissions';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMay, useMayPreview } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import { ConfirmDialog } from './ConfirmDialog.js';
import { RunControls } from './RunControls.js';
import { awaitsConfirmation, hasUndo, isFinished, isUndoable, type BulkAction } from './bulkAction.js';
import { useSteering } from './useSteering.js';

interface BulkActionButtonsProps {
  action: BulkAction;
  /** The type that decides who may: of an undo that of the action undone. */
  judgedBy: BulkActionPermission | undefined;
}

/** What can be done with a bulk action in its status, by this role. */
export function BulkActionButtons({ action, judgedBy }: BulkActionButtonsProps) {
  const text = useText();
  const navigate = useNavigate();
  const may = useMay();
  const mayPreview = useMayPreview();
  const steering = useSteering(action.id);
  const [confirming, setConfirming] = useState(false);
  const mayRun = judgedBy !== undefined && may('bulk-actions', 'run') && mayPreview(judgedBy);
  const finished = isFinished(action.status);
  const [undo] = action.undoneBy;
  const isPreview = awaitsConfirmation(action.status);
  return (
    <>
      {mayRun && isPreview && (
        <>
          <Button onClick={() => steering.mutate({ step: 'cancel' })} disabled={steering.isPending}>
            {text('bulkActions.discard')}
          </Button>
          <Button variant="contained" disabled={action.counts.eligible === 0} onClick={() => setConfirming(true)}>
            {text('bulkActions.confirm')}
          </Button>
        </>
      )}
      {mayRun && <RunControls id={action.id} type={action.type} status={action.status} undoneType={judgedBy} />}
      {finished && action.type === 'export' && action.counts.done > 0 && (
        <Button
          variant="contained"
          startIcon={<DownloadOutlined />}
          href={`/api/collections/bulk-actions/${action.id}/file`}
          download
        >
          {text('bulkActions.downloadFile')}
        </Button>
      )}
      {finished && action.type === 'send-to-arm' && action.counts.done > 0 && (
        <Button component={Link} to="/deliveries" variant="contained">
          {text('deliveries.show')}
        </Button>
      )}
      {mayRun && action.status === 'completed-with-failures' && (
        <Button variant="outlined" onClick={() => steering.mutate({ step: 'retry' })} loading={steering.isPending}>
          {text('bulkActions.retry', { count: action.counts.failed })}
        </Button>
      )}
      {undo && (
        <Button component={Link} to={`/bulk-actions/${undo.id}`}>
          {text('bulkActions.toUndo')}
        </Button>
      )}
      {mayRun && isUndoable(action) && !hasUndo(action) && (
        <Button
          variant="outlined"
          loading={steering.isPending}
          onClick={() =>
            steering.mutate({ step: 'undo' }, { onSuccess: ({ id }) => void navigate(`/bulk-actions/${id}`) })
          }
        >
          {text('bulkActions.undo')}
        </Button>
      )}
      {may('bulk-actions', 'export') && action.status !== 'previewing' && (
        <Button
          variant="outlined"
          startIcon={<DownloadOutlined />}
          href={`/api/collections/bulk-actions/${action.id}/results?format=csv`}
          download
        >
          {text(isPreview ? 'bulkActions.exportPreview' : 'bulkActions.exportResults')}
        </Button>
      )}
      {confirming && <ConfirmDialog action={action} steering={steering} onClose={() => setConfirming(false)} />}
    </>
  );
}
