import { Box, Button, Card, Chip, Typography } from '@mui/material';
import { useId, useState, type FormEvent } from 'react';
import { useMay } from '../api/identity.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { Lacking } from '../forms/Lacking.js';
import { LineField } from '../forms/LineField.js';
import { NotAllowed } from '../forms/NotAllowed.js';
import { SelectField } from '../forms/SelectField.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { FieldProblems } from '../problems/FieldProblems.js';
import { useSaveWriteOffSettings } from './useSaveWriteOffSettings.js';
import {
  fewestInUse,
  unnamed,
  withInUse,
  writeOffsMax,
  type CustomWriteOff,
  type WriteOffSettings,
} from './writeOffSettings.js';

/** The number on top, a pair of fields for each below, and Change. */
export function WriteOffSettingsForm({ settings }: { settings: WriteOffSettings }) {
  const text = useText();
  const list = new Intl.ListFormat(useLocale());
  const readOnly = !useMay()('write-off-settings', 'edit');
  const [inUse, setInUse] = useState(settings.inUse);
  const [known, setKnown] = useState(settings.writeOffs);
  const save = useSaveWriteOffSettings(settings.version);
  const fewest = fewestInUse(settings);
  const writeOffs = withInUse(known, inUse);
  const rename = (changed: CustomWriteOff) =>
    setKnown([...known.filter(({ number }) => number !== changed.number), changed]);
  const lacking = unnamed(writeOffs);
  const lackingId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ inUse, writeOffs });
  };
  return (
    <Card component="form" noValidate onSubmit={submit}>
      <FieldProblems error={save.error}>
        {readOnly && (
          <NotAllowed what={text('writeOffs.readOnly')} needs={['write-off-settings', 'edit']} sx={{ m: 2, mb: 0 }} />
        )}
        <Box sx={{ p: { xs: 2, md: 3 }, maxWidth: 460 }}>
          <SelectField
            label={text('writeOffs.inUse')}
            field="inUse"
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
      </FieldProblems>
      {!readOnly && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, px: { xs: 2, md: 3 }, py: 2.5 }}>
          <Button
            type="submit"
            variant="contained"
            loading={save.isPending}
            disabled={lacking.length > 0}
            aria-describedby={lacking.length > 0 ? lackingId : undefined}
          >
            {text('writeOffs.change')}
          </Button>
          <Lacking
            id={lackingId}
            shown={lacking.length > 0}
            words={text('writeOffs.unnamed', { count: lacking.length, numbers: list.format(lacking.map(String)) })}
          />
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
      <LineField
        label={text('writeOffs.name')}
        field={`writeOffs.${number - 1}.name`}
        required
        disabled={readOnly}
        value={name}
        onChange={(changed) => onChange({ ...writeOff, name: changed })}
        lengthMax={100}
      />
      <LineField
        label={text('writeOffs.plural')}
        field={`writeOffs.${number - 1}.plural`}
        required
        disabled={readOnly}
        value={plural}
        onChange={(changed) => onChange({ ...writeOff, plural: changed })}
        lengthMax={100}
      />
    </Box>
  );
}
