import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { useTransactionTypes } from '../transactions/useTransactionTypes.js';

interface WriteOffTypeFieldProps {
  value: string;
  onChange: (code: string) => void;
  /** Whether something is written off without a type. */
  missing: boolean;
}

/** The transaction type of what is written off beside a payment; custom write-offs stand under their names. */
export function WriteOffTypeField({ value, onChange, missing }: WriteOffTypeFieldProps) {
  const text = useText();
  const { ofKind } = useTransactionTypes();
  return (
    <SelectField
      label={text('payments.writeOffType')}
      field="writeOffs.transactionTypeCode"
      value={value}
      options={ofKind('write-off').map(({ code, name }) => ({ value: code, label: name }))}
      onChange={onChange}
      hint={text('payments.writeOffTypeHint')}
      problem={missing ? text('payments.problems.no-type') : undefined}
    />
  );
}
