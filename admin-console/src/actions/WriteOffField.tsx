import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { useTransactionTypes } from '../transactions/useTransactionTypes.js';

/** The type of the write-off; Coupon unless chosen otherwise (BLK-15). */
export function WriteOffField({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const text = useText();
  const { ofKind, nameOf } = useTransactionTypes();
  const codes = ofKind('write-off').map((type) => type.code);
  return (
    <SelectField
      label={text('actions.writeOffType')}
      field="parameters.transactionTypeCode"
      value={code}
      options={(codes.includes(code) ? codes : [code, ...codes]).map((each) => ({ value: each, label: nameOf(each) }))}
      onChange={onChange}
      hint={text('actions.writeOffHint')}
    />
  );
}
