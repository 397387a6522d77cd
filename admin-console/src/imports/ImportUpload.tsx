import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Card, LinearProgress, MenuItem, TextField, Typography } from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchList } from '../api/fetchList.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import { FileDrop } from './FileDrop.js';
import type { ImportRun } from './importTypes.js';
import { uploadImport } from './uploadImport.js';

/** Names of the mappings that ship, the published data's first. */
function useMappings(): string[] {
  const { data } = useQuery({
    queryKey: ['import-mappings'],
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (await fetchList<{ id: string }>('/api/ledger/import-mappings', {}, { signal })).rows,
  });
  return data?.map(({ id }) => id) ?? ['late-payment-histories'];
}

/** Chooses a file and what its columns mean, and sends it. */
export function ImportUpload({ onStarted }: { onStarted: (started: ImportRun) => void }) {
  const text = useText();
  const mappings = useMappings();
  const [file, setFile] = useState<File>();
  const [chosen, setChosen] = useState<string>();
  const [share, setShare] = useState(0);
  // One chosen file is one intention: sent again after a cut connection, it stays one import.
  const [key, setKey] = useState('');
  const mapping = chosen ?? mappings[0] ?? '';
  const upload = useMutation({
    mutationFn: (given: File) => uploadImport({ file: given, mapping, idempotencyKey: key, onProgress: setShare }),
    onSuccess: (started) => {
      setFile(undefined);
      onStarted(started);
    },
  });
  const choose = (given: File) => {
    upload.reset();
    setShare(0);
    setKey(crypto.randomUUID());
    setFile(given);
  };
  return (
    <Card sx={{ p: 2.5, display: 'grid', gap: 2 }}>
      <FileDrop file={file} disabled={upload.isPending} onFile={choose} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <TextField
          select
          label={text('imports.mapping')}
          value={mapping}
          onChange={({ target }) => {
            setChosen(target.value);
            setKey(crypto.randomUUID());
          }}
          disabled={upload.isPending}
          sx={{ minWidth: 260, flex: { xs: '1 1 100%', sm: '0 0 auto' } }}
        >
          {mappings.map((name) => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
        <Button
          variant="contained"
          startIcon={<UploadFileOutlined />}
          disabled={!file}
          loading={upload.isPending}
          onClick={() => file && upload.mutate(file)}
        >
          {text('imports.start')}
        </Button>
        <Typography variant="body2" sx={{ color: 'text.secondary', flex: '1 1 260px' }}>
          {text('imports.twice')}
        </Typography>
      </Box>
      {upload.isPending && (
        <LinearProgress
          variant={share < 1 ? 'determinate' : 'indeterminate'}
          value={share * 100}
          aria-label={text('imports.uploading')}
        />
      )}
      {upload.error && (
        <Box sx={{ mx: -3, my: -2 }}>
          <ErrorPanel error={upload.error} />
        </Box>
      )}
    </Card>
  );
}
