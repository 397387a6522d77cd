import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { Name } from '../reference-data/Name.js';
import type { BulkAction } from './bulkAction.js';
import { useActionWords } from './useActionWords.js';

/** What an action is to do or did, in words that lead to its page. */
export function ActionName({ action }: { action: BulkAction }) {
  const words = useActionWords();
  return (
    <Link component={RouterLink} to={`/bulk-actions/${action.id}`} underline="hover" sx={{ fontWeight: 600 }}>
      <Name of={words(action)} width={180} />
    </Link>
  );
}
