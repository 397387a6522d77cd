import { FormControlLabel, Stack, Switch } from '@mui/material';
import type { PayerType } from '@recoup/contracts';
import { CodeField } from '../forms/CodeField.js';
import { LineField } from '../forms/LineField.js';
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
        field="type"
        value={values.type}
        options={types.map((type) => ({ value: type, label: text(`payers.types.${type}`) }))}
        onChange={(value) => {
          const type = payerTypes.find((each) => each === value);
          if (type) onChange({ ...values, type });
        }}
        hint={text(isNew || values.type === 'self' ? `payers.typeHints.${values.type}` : 'payers.typeStays')}
        required
        disabled={readOnly || !isNew}
      />
      <LineField
        label={text('payers.name')}
        field="name"
        required
        disabled={readOnly}
        value={values.name}
        onChange={(name) => onChange({ ...values, name })}
        lengthMax={200}
      />
      <CodeField
        label={text('payers.code')}
        field="code"
        required
        disabled={readOnly || !isNew}
        value={values.code}
        onChange={(code) => onChange({ ...values, code })}
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
