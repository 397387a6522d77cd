import SearchIcon from '@mui/icons-material/Search';
import { InputAdornment, TextField } from '@mui/material';
import { useRef, useState } from 'react';
import { useText } from '../i18n/useText.js';

/** How long a pause in typing starts the search. */
const pauseMilliseconds = 350;

/** Narrows the report by number or name while one types. */
export function ReportSearch({ q, onChange }: { q: string; onChange: (q: string | undefined) => void }) {
  const text = useText();
  // What is being typed stands over the filter until the field is left; so a filter cleared elsewhere shows at once.
  const [typed, setTyped] = useState<string>();
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const type = (value: string) => {
    setTyped(value);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => onChange(value.trim() === '' ? undefined : value.trim()), pauseMilliseconds);
  };
  return (
    <TextField
      value={typed ?? q}
      onChange={({ target }) => type(target.value)}
      onBlur={() => setTyped(undefined)}
      placeholder={text('report.search')}
      type="search"
      sx={{ width: { xs: '100%', sm: 250 } }}
      slotProps={{
        htmlInput: { 'data-search': '', 'aria-label': text('report.search'), maxLength: 100 },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
