import { useAgencies } from '../agencies/useAgencies.js';
import { useText } from '../i18n/useText.js';
import { ChoiceField } from './ChoiceField.js';

interface AgencyFilterProps {
  value: string | undefined;
  onChange: (code: string | undefined) => void;
}

/** The agency that accounts are with, or any (REP-2). */
export function AgencyFilter({ value, onChange }: AgencyFilterProps) {
  const text = useText();
  const options = useAgencies().map(({ code, name }) => ({
    value: code,
    label: name === code ? code : `${code} · ${name}`,
  }));
  return <ChoiceField label={text('filters.agencyCode')} options={options} value={value} onChange={onChange} />;
}
