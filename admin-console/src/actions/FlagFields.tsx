import { Stack } from '@mui/material';
import { useFlags } from '../flags/useFlags.js';
import { useText } from '../i18n/useText.js';
import { ManyField } from '../report/ManyField.js';

interface FlagFieldsProps {
  values: { add: string[]; remove: string[] };
  onChange: (values: { add: string[]; remove: string[] }) => void;
}

/** Flags to add, active ones only, and flags to remove, inactive ones too (BLK-10, COL-2). */
export function FlagFields({ values, onChange }: FlagFieldsProps) {
  const text = useText();
  const { flags } = useFlags();
  const addable = flags.filter(({ active, code }) => active && !values.remove.includes(code));
  const removable = flags.filter(({ code }) => !values.add.includes(code));
  return (
    <Stack sx={{ gap: 2, pt: 0.75 }}>
      <ManyField
        label={text('actions.flagsToAdd')}
        options={addable.map(({ code, name }) => ({ value: code, label: name }))}
        value={values.add}
        onChange={(add) => onChange({ ...values, add })}
      />
      <ManyField
        label={text('actions.flagsToRemove')}
        options={removable.map(({ code, name, active }) => ({
          value: code,
          label: active ? name : text('flags.inactiveName', { name }),
        }))}
        value={values.remove}
        onChange={(remove) => onChange({ ...values, remove })}
      />
    </Stack>
  );
}
