import { Alert, Box, Typography } from '@mui/material';
import { isCode } from '../forms/codes.js';
import { LineField } from '../forms/LineField.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { KeepMapping } from './KeepMapping.js';
import { dateFormats, hasDates, isComplete, lackingFields, mappingJson } from './mapping.js';
import { MappingOffices } from './MappingOffices.js';
import { MappingJson } from './MappingJson.js';
import type { MappingChoice } from './useMappingChoice.js';

interface MappingFormProps {
  choice: MappingChoice;
  /** The columns of the file. */
  header: readonly string[];
  /** It is kept under that name. */
  onKept: (name: string) => void;
}

/**
 * Makes a mapping for the file at hand: a column for each field, how dates are written where there are any, offices that are to
 * be made (LED-60); and keeps it for the next such file.
 */
export function MappingForm({ choice, header, onKept }: MappingFormProps) {
  const { kind, fields, own, replaced, changeOwn: onChange } = choice;
  const text = useText();
  const json = mappingJson(kind, own, fields);
  const lacking = lackingFields(fields, own);
  const complete = isComplete(fields, own);
  const columns = [...new Set(header)].filter(Boolean).map((name) => ({ value: name, label: name }));
  const none = { value: '', label: text('importMapping.noColumn') };
  const offered = (required: boolean, chosen: string | undefined) => [
    ...(required ? [] : [none]),
    ...columns,
    ...(!chosen || header.includes(chosen)
      ? []
      : [{ value: chosen, label: text('importMapping.notInFile', { column: chosen }) }]),
  ];
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
            options={offered(required, own.columns[field])}
            onChange={(column) => onChange({ ...own, columns: { ...own.columns, [field]: column } })}
          />
        ))}
      </Box>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', md: 'repeat(3, 1fr)' } }}>
        {hasDates(own) && (
          <SelectField
            label={text('importMapping.dates')}
            field="mapping.dates"
            value={own.dates}
            options={dateFormats.map((format) => ({ value: format, label: format }))}
            onChange={(dates) => onChange({ ...own, dates })}
          />
        )}
        <LineField
          label={text('importMapping.name')}
          field="mapping.name"
          value={own.name}
          required
          hint={text('importMapping.nameHint')}
          problem={own.name !== '' && !isCode(own.name) ? text('forms.code') : undefined}
          onChange={(name) => onChange({ ...own, name })}
          lengthMax={40}
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
      {lacking.length === 0 && !complete && <Alert severity="info">{text('importMapping.incomplete')}</Alert>}
      <KeepMapping json={json} complete={complete} replaced={replaced} onKept={onKept} />
      <MappingJson name={own.name} json={json} complete={complete} />
    </Box>
  );
}
