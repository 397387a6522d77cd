import { TextField } from '@mui/material';

interface DaysFieldProps {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

const daysMax = 36_500;

/** A number of days, 0 or more, or nothing. */
export function DaysField({ label, value, onChange }: DaysFieldProps) {
  return (
    <TextField
      fullWidth
      type="number"
      label={label}
      value={value ?? ''}
      slotProps={{ htmlInput: { min: 0, max: daysMax, step: 1 } }}
      onChange={({ target }) => {
        const days = Number.parseInt(target.value, 10);
        onChange(Number.isNaN(days) ? undefined : Math.min(daysMax, Math.max(0, days)));
      }}
    />
  );
}
