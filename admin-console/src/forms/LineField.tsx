import { TextField } from '@mui/material';
import { useFieldProblem } from '../problems/FieldProblems.js';

export interface LineFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The service's name for it, by which it says that it refused it. */
  field?: string;
  lengthMax: number;
  hint?: string | undefined;
  /** What is wrong with it before it is sent. */
  problem?: string | undefined;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  /** Several lines, so many at least. */
  rowsMin?: number;
}

/** Words that a person types. */
export function LineField(props: LineFieldProps) {
  const { label, value, onChange, field, lengthMax, hint, problem, rowsMin, ...given } = props;
  const refused = useFieldProblem(field, value);
  const wrong = problem ?? refused;
  return (
    <TextField
      {...given}
      {...(rowsMin === undefined ? {} : { multiline: true, minRows: rowsMin })}
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={wrong !== undefined}
      helperText={wrong ?? hint}
      slotProps={{ htmlInput: { maxLength: lengthMax } }}
    />
  );
}
