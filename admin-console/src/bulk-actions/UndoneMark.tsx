import UndoOutlined from '@mui/icons-material/UndoOutlined';
import { Chip } from '@mui/material';
import { Link } from 'react-router';
import { useText } from '../i18n/useText.js';
import { takenBack, type BulkAction } from './bulkAction.js';

/** That an action was undone, whole or in part, leading to its undo; nothing while it stands. */
export function UndoneMark({ action }: { action: Pick<BulkAction, 'counts' | 'undoneBy'> }) {
  const text = useText();
  const back = takenBack(action);
  const [newest] = action.undoneBy;
  if (!back || !newest) return null;
  return (
    <Chip
      size="small"
      variant="outlined"
      icon={<UndoOutlined />}
      clickable
      component={Link}
      to={`/bulk-actions/${newest.id}`}
      label={text(`bulkActions.takenBack.${back}`)}
    />
  );
}
