import { Autocomplete, TextField } from '@mui/material';

export interface Option<T extends string = string> {
  value: T;
  label: string;
}

interface ManyFieldProps {
  label: string;
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Any number of choices from a list that can be searched. */
export function ManyField({ label, options, value, onChange }: ManyFieldProps) {
  const chosen = value.map((each) => options.find((option) => option.value === each) ?? { value: each, label: each });
  return (
    <Autocomplete
      multiple
      fullWidth
      size="small"
      options={[...options]}
      value={chosen}
      isOptionEqualToValue={(a, b) => a.value === b.value}
      getOptionLabel={(option) => option.label}
      getOptionKey={(option) => option.value}
      filterSelectedOptions
      disableCloseOnSelect
      onChange={(_, next) => onChange(next.map((option) => option.value))}
      renderInput={(params) => <TextField {...params} label={label} />}
    />
  );
}
