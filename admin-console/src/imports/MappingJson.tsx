import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, Button, Collapse, TextField } from '@mui/material';
import { useId, useState } from 'react';
import { useText } from '../i18n/useText.js';
import { saveMapping } from './saveMapping.js';

/** A mapping for those who import by the command line: as text, and as a file once it is complete. */
export function MappingJson({ name, json, complete }: { name: string; json: string; complete: boolean }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button
          endIcon={<ExpandMore sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {text('importMapping.json')}
        </Button>
        {complete && (
          <Button variant="outlined" startIcon={<DownloadOutlined />} onClick={() => saveMapping(name, json)}>
            {text('importMapping.save')}
          </Button>
        )}
      </Box>
      <Collapse in={open} id={id}>
        <TextField
          fullWidth
          value={json}
          multiline
          maxRows={12}
          helperText={text('importMapping.jsonHint')}
          sx={{ mt: 1 }}
          slotProps={{
            htmlInput: {
              readOnly: true,
              'aria-label': text('importMapping.json'),
              style: { fontFamily: 'monospace', fontSize: 13 },
            },
          }}
        />
      </Collapse>
    </Box>
  );
}
