import BookmarkAddOutlined from '@mui/icons-material/BookmarkAddOutlined';
import { Alert, Box, Button, Typography } from '@mui/material';
import { useId } from 'react';
import { problemOf } from '../api/problem.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import type { KnownMapping } from './mapping.js';
import { useKeepMapping } from './useKeptMappings.js';

interface KeepMappingProps {
  json: string;
  complete: boolean;
  /** The kept mapping that has this name already. */
  replaced: KnownMapping | undefined;
  onKept: (name: string) => void;
}

/** Keeps the mapping that was made under its name, so that the next such file is read by it. */
export function KeepMapping({ json, complete, replaced, onKept }: KeepMappingProps) {
  const text = useText();
  const hintId = useId();
  const keeping = useKeepMapping();
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <Button
          variant="outlined"
          startIcon={<BookmarkAddOutlined />}
          disabled={!complete}
          loading={keeping.isPending}
          aria-describedby={hintId}
          onClick={() => keeping.mutate({ json, replaced }, { onSuccess: ({ name }) => onKept(name) })}
        >
          {text(replaced ? 'importMapping.replace' : 'importMapping.keep')}
        </Button>
        <Typography id={hintId} variant="body2" sx={{ color: 'text.secondary', flex: '1 1 260px' }}>
          {replaced ? text('importMapping.replaceHint', { name: replaced.name }) : text('importMapping.keepHint')}
        </Typography>
      </Box>
      {keeping.error && keeping.variables.json === json && (
        <Box sx={{ mx: -3, my: -2 }}>
          {problemOf(keeping.error)?.code === 'changed-meanwhile' ? (
            <Alert severity="error" sx={{ mx: 3, my: 2 }}>
              {text('importMapping.changedMeanwhile', { name: replaced?.name ?? '' })}
            </Alert>
          ) : (
            <ErrorPanel error={keeping.error} />
          )}
        </Box>
      )}
    </Box>
  );
}
