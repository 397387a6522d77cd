import { TextField } from '@mui/material';
import { useState } from 'react';

interface LimitFieldProps {
  label: string;
  /** As a person would type what is set. */
  initial: string;
  /** The limit that was typed; undefined when it can't be read. */
  read: (typed: string) => number | undefined;
  /** What is said when it can't be read. */
  unreadable: string;
  /** What is wrong with a limit that can be read. */
  problem?: string | undefined;
  hint?: string;
  inputMode: 'decimal' | 'numeric';
  onChange: (value: number | undefined) => void;
}

/** A limit of a filter. What can't be read must not be left out in silence: the form isn't sent while it stands there. */
export function LimitField(props: LimitFieldProps) {
  const { label, initial, read, unreadable, problem, hint, inputMode, onChange } = props;
  const [typed, setTyped] = useState(initial);
  const wrong = typed.trim() !== '' && read(typed) === undefined ? unreadable : problem;
  return (
    <TextField
      fullWidth
      label={label}
      value={typed}
      error={wrong !== undefined}
      helperText={wrong ?? hint}
      slotProps={{ htmlInput: { inputMode, autoComplete: 'off' } }}
      inputRef={(input: HTMLInputElement | null) => input?.setCustomValidity(wrong ?? '')}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(read(target.value));
      }}
    />
  );
}
