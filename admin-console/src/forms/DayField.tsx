import { TextField } from '@mui/material';
import { useFieldProblem } from '../problems/FieldProblems.js';

interface DayFieldProps {
  label: string;
  day: string;
  min?: string | undefined;
  /** No booking takes effect after the office's today. */
  max?: string | undefined;
  hint?: string;
  /** The service's name for it, by which it says that it refused it. */
  field?: string;
  required?: boolean;
  onChange: (day: string) => void;
}

/** A business date. */
export function DayField({ label, day, min, max, hint, field, required, onChange }: DayFieldProps) {
  const refused = useFieldProblem(field, day);
  return (
    <TextField
      type="date"
      label={label}
      value={day}
      onChange={({ target }) => onChange(target.value)}
      required={required}
      error={refused !== undefined}
      helperText={refused ?? hint}
      slotProps={{ htmlInput: { min, max }, inputLabel: { shrink: true } }}
    />
  );
}
