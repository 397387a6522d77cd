import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import { Box, Button, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { FormDialog } from '../forms/FormDialog.js';
import { useText } from '../i18n/useText.js';
import { isOtherwiseSeparated, type KnownMapping } from './mapping.js';
import { useRemoveMapping } from './useKeptMappings.js';

interface KeptMappingSectionProps {
  mapping: KnownMapping;
  /** The columns of the file, by which it is changed. */
  header: readonly string[] | null | undefined;
  onChange: () => void;
}

/** A mapping that was kept: what it says, and the ways to change or remove it. */
export function KeptMappingSection({ mapping, header, onChange }: KeptMappingSectionProps) {
  const text = useText();
  const hintId = useId();
  const [removing, setRemoving] = useState(false);
  const usable = header !== null && header !== undefined && !isOtherwiseSeparated(header);
  return (
    <Box component="section" aria-label={mapping.name} sx={{ display: 'grid', gap: 1 }}>
      <Box component="dl" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 0.5 }}>
        {Object.entries(mapping.columns).map(([field, column]) => (
          <Box key={field} sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Typography component="dt" variant="caption" sx={{ color: 'text.secondary' }}>
              {text(`importMapping.fields.${field}`)}
            </Typography>
            <Typography component="dd" variant="body2" sx={{ m: 0 }}>
              {column}
            </Typography>
          </Box>
        ))}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Button startIcon={<EditOutlined />} disabled={!usable} aria-describedby={hintId} onClick={onChange}>
          {text('importMapping.change')}
        </Button>
        <Button color="error" startIcon={<DeleteOutlined />} onClick={() => setRemoving(true)}>
          {text('importMapping.remove')}
        </Button>
        {!usable && (
          <Typography id={hintId} variant="body2" sx={{ color: 'text.secondary' }}>
            {text('importMapping.changeHint')}
          </Typography>
        )}
      </Box>
      {removing && <RemoveDialog mapping={mapping} onClose={() => setRemoving(false)} />}
    </Box>
  );
}

function RemoveDialog({ mapping, onClose }: { mapping: KnownMapping; onClose: () => void }) {
  const text = useText();
  const removal = useRemoveMapping();
  return (
    <FormDialog
      title={text('importMapping.removeOf', { name: mapping.name })}
      intro={text('importMapping.removeIntro')}
      submit={text('importMapping.remove')}
      danger
      pending={removal.isPending}
      error={removal.error}
      onSubmit={() => removal.mutate(mapping, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
