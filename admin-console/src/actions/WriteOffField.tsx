import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { useTransactionTypes } from '../transactions/useTransactionTypes.js';

/** The type of the write-off; Coupon unless chosen otherwise (BLK-15). */
export function WriteOffField({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const text = useText();
  const { ofKind, nameOf } = useTransactionTypes();
  const codes = ofKind('write-off').map((type) => type.code);
  const offered = (codes.includes(code) ? codes : [code, ...codes]).map((value) => {
    return { value, label: nameOf(value) ?? text('actions.nameComing') };
  });
  return (
    <SelectField
      label={text('actions.writeOffType')}
      field="parameters.transactionTypeCode"
      value={code}
      options={offered}
      onChange={onChange}
      hint={text('actions.writeOffHint')}
    />
  );
}
