import { TextField } from '@mui/material';

interface DayFieldProps {
  label: string;
  day: string;
  min?: string | undefined;
  /** No booking takes effect after the office's today. */
  max?: string | undefined;
  hint?: string;
  onChange: (day: string) => void;
}

/** A business date. */
export function DayField({ label, day, min, max, hint, onChange }: DayFieldProps) {
  return (
    <TextField
      type="date"
      label={label}
      value={day}
      onChange={({ target }) => onChange(target.value)}
      helperText={hint}
      slotProps={{ htmlInput: { min, max }, inputLabel: { shrink: true } }}
    />
  );
}
