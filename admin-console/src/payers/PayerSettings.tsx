import { FormControlLabel, Stack, Switch, TextField } from '@mui/material';
import type { PayerType } from '@recoup/contracts';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { payerTypes, type Payer } from './payer.js';

interface PayerSettingsProps {
  values: Payer;
  onChange: (values: Payer) => void;
  readOnly: boolean;
  isNew: boolean;
}

/** Type, name and code of a payer. The type decides how it posts, so it stays once the payer is there. */
export function PayerSettings({ values, onChange, readOnly, isNew }: PayerSettingsProps) {
  const text = useText();
  const types: readonly PayerType[] = values.type === 'self' ? ['self'] : payerTypes;
  return (
    <Stack sx={{ gap: 2, maxWidth: 460 }}>
      <SelectField
        label={text('payers.type')}
        value={values.type}
        options={types.map((type) => ({ value: type, label: text(`payers.types.${type}`) }))}
        onChange={(value) => {
          const type = payerTypes.find((each) => each === value);
          if (type) onChange({ ...values, type });
        }}
        hint={text(`payers.typeHints.${values.type}`)}
        required
        disabled={readOnly || !isNew}
      />
      <TextField
        label={text('payers.name')}
        required
        disabled={readOnly}
        value={values.name}
        onChange={({ target }) => onChange({ ...values, name: target.value })}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <TextField
        label={text('payers.code')}
        required
        disabled={readOnly || !isNew}
        value={values.code}
        onChange={({ target }) => onChange({ ...values, code: target.value })}
        helperText={text('flags.codeHint')}
        slotProps={{ htmlInput: { maxLength: 40, pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*' } }}
      />
      {!isNew && (
        <FormControlLabel
          label={text('payers.activeLabel')}
          disabled={readOnly}
          control={<Switch checked={values.active} onChange={(_, active) => onChange({ ...values, active })} />}
        />
      )}
    </Stack>
  );
}
