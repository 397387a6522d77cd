import { Chip, type ChipProps } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { BulkActionStatus } from './bulkAction.js';

const colours: Record<BulkActionStatus, ChipProps['color']> = {
  previewing: 'info',
  preview: 'info',
  'awaiting-approval': 'warning',
  running: 'primary',
  paused: 'warning',
  completed: 'success',
  'completed-with-failures': 'warning',
  cancelled: 'default',
};

/** Where a bulk action stands. */
export function StatusBadge({ status }: { status: BulkActionStatus }) {
  const text = useText();
  return (
    <Chip size="small" variant="outlined" color={colours[status]} label={text(`bulkActions.statuses.${status}`)} />
  );
}
