import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { usePayers } from '../payers/usePayers.js';

interface AgencyFieldProps {
  value: string;
  onChange: (payerCode: string) => void;
  /** Only these; all agencies in use unless told. */
  among?: readonly string[];
  disabled?: boolean;
}

/** A payer of type Generic, which is what a collection agency is. */
export function AgencyField({ value, onChange, among, disabled = false }: AgencyFieldProps) {
  const text = useText();
  const { payers, known } = usePayers();
  const offered = payers.filter(({ code, type, active }) =>
    among ? among.includes(code) : type === 'generic' && active,
  );
  return (
    <SelectField
      label={text('referring.agency')}
      field="payerCode"
      value={value}
      options={offered.map(({ code, name }) => ({ value: code, label: name }))}
      onChange={onChange}
      hint={known && offered.length === 0 ? text('referring.noAgency') : undefined}
      required
      disabled={disabled}
    />
  );
}
