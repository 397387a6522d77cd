import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { useCustomWriteOffs } from './useCustomWriteOffs.js';

interface CustomWriteOffFieldProps {
  value: string;
  onChange: (code: string) => void;
}

/** The custom write-off in whose column of the trial balance the referral will stand. */
export function CustomWriteOffField({ value, onChange }: CustomWriteOffFieldProps) {
  const text = useText();
  const offered = useCustomWriteOffs();
  return (
    <SelectField
      label={text('referring.writeOff')}
      field="transactionTypeCode"
      value={value}
      options={offered.map(({ code, name }) => ({ value: code, label: name }))}
      onChange={onChange}
      hint={text(offered.length === 0 ? 'referring.noWriteOff' : 'referring.writeOffHint')}
      required
    />
  );
}
