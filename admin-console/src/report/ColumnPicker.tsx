import ViewColumnOutlined from '@mui/icons-material/ViewColumnOutlined';
import { Button, Checkbox, FormControlLabel, FormGroup, IconButton, Popover, Tooltip } from '@mui/material';
import { useState } from 'react';
import { useText } from '../i18n/useText.js';
import { defaultColumns, reportColumns } from './columns.js';

interface ColumnPickerProps {
  shown: readonly string[];
  onChange: (shown: string[]) => void;
}

/** Which columns the report shows; kept for this browser. */
export function ColumnPicker({ shown, onChange }: ColumnPickerProps) {
  const text = useText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const toggle = (key: string) =>
    onChange(shown.includes(key) ? shown.filter((each) => each !== key) : [...shown, key]);
  return (
    <>
      <Tooltip title={text('report.chooseColumns')}>
        <IconButton
          aria-label={text('report.chooseColumns')}
          aria-haspopup="dialog"
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <ViewColumnOutlined />
        </IconButton>
      </Tooltip>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            sx: { p: 2, border: 1, borderColor: 'divider' },
            role: 'dialog',
            'aria-label': text('report.chooseColumns'),
          },
        }}
      >
        <FormGroup>
          {reportColumns.slice(1).map(({ key }) => (
            <FormControlLabel
              key={key}
              label={text(`report.columns.${key}`)}
              control={
                <Checkbox size="small" sx={{ py: 0.4 }} checked={shown.includes(key)} onChange={() => toggle(key)} />
              }
            />
          ))}
        </FormGroup>
        <Button size="small" sx={{ mt: 1 }} onClick={() => onChange([...defaultColumns])}>
          {text('report.defaultColumns')}
        </Button>
      </Popover>
    </>
  );
}
