import { MenuItem, TextField } from '@mui/material';
import { useFieldProblem } from '../problems/FieldProblems.js';

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
  /** The service's name for it, by which it says that it refused it. */
  field?: string;
  hint?: string | undefined;
  /** What is wrong with the choice before it is sent. */
  problem?: string | undefined;
  required?: boolean;
  disabled?: boolean;
}

/** Exactly one of several; empty until something is chosen. */
export function SelectField(props: SelectFieldProps) {
  const { label, value, options, onChange, field, hint, problem, required, disabled } = props;
  const refused = useFieldProblem(field, value);
  const wrong = problem ?? refused;
  const known = options.some((option) => option.value === value);
  return (
    <TextField
      select
      fullWidth
      label={label}
      value={known ? value : ''}
      required={required}
      disabled={disabled}
      error={wrong !== undefined}
      helperText={wrong ?? hint}
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
