import { Box, Button, Card, Chip, TextField, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useMay } from '../api/identity.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { useSaveWriteOffSettings } from './useSaveWriteOffSettings.js';
import {
  allNamed,
  fewestInUse,
  withInUse,
  writeOffsMax,
  type CustomWriteOff,
  type WriteOffSettings,
} from './writeOffSettings.js';

/** The number on top, a pair of fields for each below, and Change. */
export function WriteOffSettingsForm({ settings }: { settings: WriteOffSettings }) {
  const text = useText();
  const readOnly = !useMay()('write-off-settings', 'edit');
  const [inUse, setInUse] = useState(settings.inUse);
  const [known, setKnown] = useState(settings.writeOffs);
  const save = useSaveWriteOffSettings(settings.version);
  const fewest = fewestInUse(settings);
  const writeOffs = withInUse(known, inUse);
  const rename = (changed: CustomWriteOff) =>
    setKnown([...known.filter(({ number }) => number !== changed.number), changed]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ inUse, writeOffs });
  };
  return (
    <Card component="form" onSubmit={submit}>
      <Box sx={{ p: { xs: 2, md: 3 }, maxWidth: 460 }}>
        <SelectField
          label={text('writeOffs.inUse')}
          value={String(inUse)}
          options={Array.from({ length: writeOffsMax + 1 }, (_, number) => ({
            value: String(number),
            label: String(number),
            disabled: number < fewest,
          }))}
          onChange={(value) => setInUse(Number(value))}
          hint={fewest > 0 ? text('writeOffs.fewest', { count: fewest }) : text('writeOffs.inUseHint')}
          disabled={readOnly}
        />
      </Box>
      <Box sx={{ borderTop: 1, borderColor: 'divider' }}>
        {writeOffs.length === 0 && <EmptyState title={text('writeOffs.none')} hint={text('writeOffs.noneHint')} />}
        {writeOffs.map((each) => (
          <Fields key={each.number} writeOff={each} readOnly={readOnly} onChange={rename} />
        ))}
      </Box>
      {save.error && <ErrorPanel error={save.error} />}
      {!readOnly && (
        <Box sx={{ px: { xs: 2, md: 3 }, py: 2.5 }}>
          <Button type="submit" variant="contained" loading={save.isPending} disabled={!allNamed(writeOffs)}>
            {text('writeOffs.change')}
          </Button>
        </Box>
      )}
    </Card>
  );
}

interface FieldsProps {
  writeOff: CustomWriteOff;
  readOnly: boolean;
  onChange: (changed: CustomWriteOff) => void;
}

function Fields({ writeOff, readOnly, onChange }: FieldsProps) {
  const text = useText();
  const { number, name, plural, used } = writeOff;
  const id = `write-off-${number}`;
  return (
    <Box
      role="group"
      aria-labelledby={id}
      sx={{
        display: 'grid',
        gap: 1.5,
        alignItems: 'center',
        gridTemplateColumns: { xs: '1fr', sm: '250px 1fr 1fr' },
        px: { xs: 2, md: 3 },
        py: 1.75,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Typography id={id} component="div" variant="body2" sx={{ fontWeight: 600, display: 'flex', gap: 1 }}>
        {text('writeOffs.field', { number })}
        {used && <Chip size="small" variant="outlined" label={text('writeOffs.used')} />}
      </Typography>
      <TextField
        label={text('writeOffs.name')}
        required
        disabled={readOnly}
        value={name}
        onChange={({ target }) => onChange({ ...writeOff, name: target.value })}
        slotProps={{ htmlInput: { maxLength: 100 } }}
      />
      <TextField
        label={text('writeOffs.plural')}
        required
        disabled={readOnly}
        value={plural}
        onChange={({ target }) => onChange({ ...writeOff, plural: target.value })}
        slotProps={{ htmlInput: { maxLength: 100 } }}
      />
    </Box>
  );
}
