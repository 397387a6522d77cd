import { Alert, Box, Typography } from '@mui/material';
import { LineField } from '../forms/LineField.js';
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
import { MappingJson } from './MappingJson.js';

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
            field={`mapping.columns.${field}`}
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
          field="mapping.dates"
          value={own.dates}
          options={dateFormats.map((format) => ({ value: format, label: format }))}
          onChange={(dates) => onChange({ ...own, dates })}
        />
        <LineField
          label={text('importMapping.name')}
          field="mapping.name"
          value={own.name}
          required
          hint={text('importMapping.nameHint')}
          onChange={(name) => onChange({ ...own, name })}
          lengthMax={60}
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
      {lacking.length === 0 && !isComplete(fields, own) && (
        <Alert severity="info">{text('importMapping.incomplete')}</Alert>
      )}
      <MappingJson name={own.name} json={json} complete={isComplete(fields, own)} />
    </Box>
  );
}
