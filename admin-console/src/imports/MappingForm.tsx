import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import {
  dateFormats,
  isComplete,
  lackingFields,
  mappingJson,
  type MappingFieldView,
  type MappingKind,
  type OwnMapping,
} from './mapping.js';
import { MappingOffices } from './MappingOffices.js';
import { saveMapping } from './saveMapping.js';

interface MappingFormProps {
  kind: MappingKind;
  fields: readonly MappingFieldView[];
  /** The columns of the file. */
  header: readonly string[];
  own: OwnMapping;
  onChange: (own: OwnMapping) => void;
}

/** Makes a mapping for the file at hand: a column for each field, how dates are written, offices that are to be made (LED-60). */
export function MappingForm({ kind, fields, header, own, onChange }: MappingFormProps) {
  const text = useText();
  const json = mappingJson(kind, own);
  const lacking = lackingFields(fields, own);
  const columns = [...new Set(header)].filter(Boolean).map((name) => ({ value: name, label: name }));
  const none = { value: '', label: text('importMapping.noColumn') };
  return (
    <Box component="section" aria-label={text('importMapping.title')} sx={{ display: 'grid', gap: 2 }}>
      <Typography variant="h3">{text('importMapping.columns')}</Typography>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', md: 'repeat(3, 1fr)' } }}>
        {fields.map(({ field, required }) => (
          <SelectField
            key={field}
            label={text(`importMapping.fields.${field}`)}
            value={own.columns[field] ?? ''}
            required={required}
            options={required ? columns : [none, ...columns]}
            onChange={(column) => onChange({ ...own, columns: { ...own.columns, [field]: column } })}
          />
        ))}
      </Box>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', md: 'repeat(3, 1fr)' } }}>
        <SelectField
          label={text('importMapping.dates')}
          value={own.dates}
          options={dateFormats.map((format) => ({ value: format, label: format }))}
          onChange={(dates) => onChange({ ...own, dates })}
        />
        <TextField
          label={text('importMapping.name')}
          value={own.name}
          required
          helperText={text('importMapping.nameHint')}
          onChange={({ target }) => onChange({ ...own, name: target.value })}
        />
      </Box>
      <MappingOffices offices={own.offices} onChange={(offices) => onChange({ ...own, offices })} />
      {lacking.length > 0 && (
        <Alert severity="info">
          {text('importMapping.lacking', {
            fields: lacking.map((field) => text(`importMapping.fields.${field}`)).join(', '),
          })}
        </Alert>
      )}
      <TextField
        label={text('importMapping.json')}
        value={json}
        multiline
        maxRows={12}
        helperText={text('importMapping.jsonHint')}
        slotProps={{ htmlInput: { readOnly: true, style: { fontFamily: 'monospace', fontSize: 13 } } }}
      />
      <Box>
        <Button
          variant="outlined"
          startIcon={<DownloadOutlined />}
          disabled={!isComplete(fields, own)}
          onClick={() => saveMapping(own.name, json)}
        >
          {text('importMapping.save')}
        </Button>
      </Box>
    </Box>
  );
}
