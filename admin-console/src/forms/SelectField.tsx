import { MenuItem, TextField } from '@mui/material';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

interface SelectFieldProps {
  label: string;
  value: string;
  options: readonly SelectOption[];
  onChange: (value: string) => void;
  hint?: string | undefined;
  required?: boolean;
  disabled?: boolean;
}

/** Exactly one of several; empty until something is chosen. */
export function SelectField({ label, value, options, onChange, hint, required, disabled }: SelectFieldProps) {
  const known = options.some((option) => option.value === value);
  return (
    <TextField
      select
      fullWidth
      label={label}
      value={known ? value : ''}
      required={required}
      disabled={disabled}
      helperText={hint}
      onChange={({ target }) => onChange(target.value)}
    >
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
