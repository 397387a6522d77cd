import CloudUploadOutlined from '@mui/icons-material/CloudUploadOutlined';
import DescriptionOutlined from '@mui/icons-material/DescriptionOutlined';
import { Box, Button, Typography } from '@mui/material';
import { useRef, useState, type DragEvent } from 'react';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';

interface FileDropProps {
  file: File | undefined;
  disabled: boolean;
  onFile: (file: File) => void;
}

/** A place to drop a CSV file, or to choose one. */
export function FileDrop({ file, disabled, onFile }: FileDropProps) {
  const text = useText();
  const locale = useLocale();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped && !disabled) onFile(dropped);
  };
  const kilobytes = file && Math.max(1, Math.round(file.size / 1000)).toLocaleString(locale);
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        border: '1.5px dashed',
        borderColor: over ? 'primary.main' : 'divider',
        bgcolor: (theme) => (over ? theme.palette.tokens.accentSoft : theme.palette.tokens.raised),
        borderRadius: 1.25,
        p: 3,
        display: 'grid',
        justifyItems: 'center',
        gap: 1,
        textAlign: 'center',
      }}
    >
      <Box sx={{ color: 'primary.main', '& svg': { fontSize: 34 } }}>
        {file ? <DescriptionOutlined /> : <CloudUploadOutlined />}
      </Box>
      {file ? (
        <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}>
          {text('imports.file', { name: file.name, size: kilobytes ?? '' })}
        </Typography>
      ) : (
        <Typography>{text('imports.drop')}</Typography>
      )}
      <Button
        variant="outlined"
        disabled={disabled}
        onClick={() => input.current?.click()}
        sx={{ bgcolor: 'background.paper' }}
      >
        {file ? text('imports.another') : text('imports.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label={text('imports.choose')}
        hidden
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) onFile(chosen);
          event.currentTarget.value = '';
        }}
      />
    </Box>
  );
}
