import { InputAdornment, TextField, type TextFieldProps } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { readTyped } from '../money/typedAmount.js';
import { useFieldProblem } from '../problems/FieldProblems.js';

interface AmountFieldProps {
  label: string;
  /** As the person typed it. */
  typed: string;
  currency: string;
  onChange: (typed: string) => void;
  /** The service's name for it, by which it says that it refused it. */
  field?: string;
  hint?: string;
  /** What is wrong with a readable amount. */
  problem?: string | undefined;
  /** In a table's cell the heading is the label; this one is for those who can't see it. */
  bare?: boolean;
  sx?: TextFieldProps['sx'];
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
}

/** An amount in the decimals of its currency, as a person types it. */
export function AmountField(props: AmountFieldProps) {
  const {
    label,
    typed,
    currency,
    onChange,
    field,
    hint,
    problem,
    bare = false,
    sx,
    required,
    disabled,
    autoFocus,
  } = props;
  const text = useText();
  const unreadable = typed !== '' && readTyped(typed, currency) === undefined;
  const refused = useFieldProblem(field, typed);
  const wrong = unreadable ? text('filters.amountWrong') : (problem ?? refused);
  return (
    <TextField
      {...(bare ? {} : { label })}
      sx={sx}
      required={required}
      disabled={disabled}
      autoFocus={autoFocus}
      value={typed}
      onChange={({ target }) => onChange(target.value)}
      error={wrong !== undefined}
      helperText={wrong ?? hint}
      slotProps={{
        htmlInput: {
          inputMode: 'decimal',
          autoComplete: 'off',
          ...(bare ? { 'aria-label': label, style: { textAlign: 'right' } } : {}),
        },
        input: bare ? {} : { endAdornment: <InputAdornment position="end">{currency}</InputAdornment> },
      }}
    />
  );
}
