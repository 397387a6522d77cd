import { Box } from '@mui/material';
import { Name } from '../reference-data/Name.js';
import { useActionWords } from './useActionWords.js';
import type { BulkAction } from './bulkAction.js';

/** What the action does, in words, below its title. */
export function ParametersLine({ action }: { action: BulkAction }) {
  const words = useActionWords();
  if (action.status === 'previewing') return null;
  return (
    <Box sx={{ color: 'text.primary', fontSize: '0.9375rem', mb: 0.25 }}>
      <Name of={words(action)} width={180} />
    </Box>
  );
}
